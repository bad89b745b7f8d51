package desk_test

import (
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"jiesu/backend/desk"
	"jiesu/backend/office"
)

// deskWords are about the office, its people and what it set.
func deskWords() map[string]scenarioWord {
	return map[string]scenarioWord{
		"时间": {2, 2, func(s *scenario, a []string) error { s.clock.now = moment(a); return nil }},
		"证":  {1, 30, (*scenario).proves},
		"单位": {4, 4, (*scenario).office}, "登录": {2, 2, (*scenario).unlock}, "锁定": {1, 1, (*scenario).lock}, "另开": {1, 1, (*scenario).openAgain},
		"人员": {3, 3, (*scenario).officer}, "换人": {2, 2, (*scenario).change}, "主管": {3, 3, (*scenario).inCharge}, "专长": {3, 3, (*scenario).skills},
		"额度": {4, 4, (*scenario).authority}, "行业": {3, 3, (*scenario).sector},
		"设定": {3, 3, (*scenario).setClock}, "启用": {2, 2, (*scenario).adopt}, "资料": {2, 2, (*scenario).profile},
	}
}

var rowName = regexp.MustCompile(`^S([1-9]|1[0-6])-[0-9]{2}[a-z]?$`)

// proves only names what is proved: build/requirements reads it, and deletes
// what the rows rest on.
func (s *scenario) proves(a []string) error {
	for _, row := range a {
		if !rowName.MatchString(row) {
			return errors.New("no row " + row)
		}
	}
	return nil
}

func (s *scenario) office(a []string) error {
	d, err := desk.New(s.options(filepath.Join(s.dir, a[1])))
	if err != nil {
		return err
	}
	s.desks[a[0]] = d
	_, err = d.Create(s.ctx, desk.InitInput{OfficeCode: a[1], OfficeName: a[2], Officer: firstOfficer, Password: password, Regime: a[3]})
	return err
}

func (s *scenario) unlock(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	return d.Unlock(s.ctx, "", []byte(strings.ReplaceAll(a[1], "_", " ")))
}

func (s *scenario) lock(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	return d.Lock(s.ctx)
}

// openAgain is a second window on the same data folder.
func (s *scenario) openAgain(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	status, err := d.Status(s.ctx)
	if err != nil {
		return err
	}
	second, err := desk.New(s.options(status.DataDir))
	if err != nil {
		return err
	}
	_, err = second.Status(s.ctx)
	return errors.Join(err, second.Close())
}

func (s *scenario) setClock(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	regime, err := d.RegimeForm(s.ctx, "")
	if err != nil {
		return err
	}
	return d.SetClock(s.ctx, regime.Regime.ID, a[1], a[2])
}

func (s *scenario) adopt(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	_, err = d.AddRegime(s.ctx, []byte(s.files[a[1]]))
	return err
}

// officer adds a person who may act on cases, as the office's first one.
func (s *scenario) officer(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	roles := strings.Split(a[2], ",")
	builtIn := []string{office.Administrator, office.Handler, office.Auditor}
	if !slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(builtIn, r) }) {
		roles = append(roles, office.Handler)
	}
	return s.asAdministrator(a[0], func() error {
		_, err := d.AddOfficer(s.ctx, a[1], "", roles, []byte(password))
		return err
	})
}

// change puts another officer at the desk.
func (s *scenario) change(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	if err := d.Lock(s.ctx); err != nil {
		return err
	}
	s.at[a[0]] = a[1]
	return d.Unlock(s.ctx, a[1], []byte(password))
}

// asAdministrator does what only the first officer may, whoever is at the desk.
func (s *scenario) asAdministrator(office string, do func() error) error {
	at := s.at[office]
	if at == "" || at == firstOfficer {
		return do()
	}
	if err := s.change([]string{office, firstOfficer}); err != nil {
		return err
	}
	return errors.Join(do(), s.change([]string{office, at}))
}

func (s *scenario) inCharge(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	units := strings.Split(strings.ReplaceAll(a[2], "_", " "), ",")
	return s.asAdministrator(a[0], func() error {
		_, err := d.SetOfficer(s.ctx, a[1], desk.OfficerChange{InCharge: &units})
		return err
	})
}

func (s *scenario) skills(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	skills := strings.Split(a[2], ",")
	return s.asAdministrator(a[0], func() error {
		_, err := d.SetOfficer(s.ctx, a[1], desk.OfficerChange{Skills: &skills})
		return err
	})
}

func (s *scenario) authority(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	return s.asAdministrator(a[0], func() error {
		_, err := d.SetAuthorityLimit(s.ctx, a[1], a[2], "", a[3])
		return err
	})
}

func (s *scenario) sector(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	form, err := d.Profile(s.ctx)
	if err != nil {
		return err
	}
	form.Profile.Sector = strings.TrimPrefix(a[1], "-")
	form.Profile.Capacity = strings.TrimPrefix(a[2], "-")
	_, err = d.SetProfile(s.ctx, form.Profile)
	return err
}
