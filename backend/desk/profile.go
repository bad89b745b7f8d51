package desk

import (
	"context"
	"reflect"
	"strings"

	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/letter"
	"jiesu/backend/office"
	"jiesu/backend/regime"
)

// capacities are the kinds of body an office can be (domain E1), in order.
func capacities() []OptionRow {
	help := map[letter.Capacity]string{letter.BranchDepartment: "落款机关填设立它的部门", letter.Entrusted: "落款机关填委托它的机关"}
	rows := make([]OptionRow, len(letter.Capacities))
	for i, c := range letter.Capacities {
		rows[i] = OptionRow{ID: string(c), Label: c.Label(), Help: help[c]}
		if !c.Administrative() {
			rows[i].Help = "没有行政主体资格：文书不写行政复议和行政诉讼"
		}
	}
	return rows
}

// systems decide which body reviews (行政复议法 24, 27, 28).
var systems = []OptionRow{
	{ID: "general", Label: "一般"},
	{ID: "vertical", Label: "垂直领导(海关、金融、外汇、税务、国家安全)", Help: "复议法第二十七条：向上一级主管部门"},
	{ID: "government", Label: "政府"},
	{ID: "justice", Label: "司法行政", Help: "复议法第二十八条：可以选择"},
	{ID: "ministry", Label: "国务院部门"},
	{ID: "province", Label: "省级政府"},
}

func capacityNames() string {
	var names []string
	for _, c := range letter.Capacities {
		names = append(names, string(c)+" "+c.Label())
	}
	return strings.Join(names, "；")
}

func unknownSector(id string) error {
	var known []string
	for _, o := range regime.Sectors() {
		known = append(known, o.ID+" "+o.Label)
	}
	return fault.New(fault.Usage, "sector", "行业不在列表中："+id, "可选："+strings.Join(known, "；")).At("sector")
}

// Profile is the office as letters name it, and what is missing.
func (d *Desk) Profile(_ context.Context) (ProfileForm, error) {
	_, me, err := d.entered()
	if err != nil {
		return ProfileForm{}, err
	}
	return profileForm(me.Unit), nil
}

func profileForm(u *office.Unit) ProfileForm {
	p := profileOf(u)
	f := ProfileForm{Profile: p, Capacities: capacities(), Sectors: sectors(), Systems: systems, Missing: []string{}, Advice: []string{}}
	need := map[string]string{"落款机关": p.Issuer, "主体资格": p.Capacity, "机关代字": p.CodeWord}
	if letter.Capacity(p.Capacity).Administrative() {
		need["复议机关"], need["管辖法院"] = p.ReviewBody, p.Court
	}
	for _, label := range []string{"落款机关", "主体资格", "机关代字", "复议机关", "管辖法院"} {
		if v, asked := need[label]; asked && v == "" {
			f.Missing = append(f.Missing, label)
		}
	}
	if strings.Contains(p.ReviewBody, "上级主管部门") || strings.Contains(p.ReviewBody, "上一级主管部门") {
		if p.System != "vertical" && p.System != "justice" {
			f.Advice = append(f.Advice, "复议机关不能写“上一级主管部门”：2024年起一般部门的复议机关是本级人民政府（行政复议法第二十四条）")
		}
	}
	if p.Capacity == string(letter.BranchDepartment) && p.Issuer == p.OfficeName {
		f.Advice = append(f.Advice, "以本部门名义的派出机构，落款机关应是设立它的部门")
	}
	if !letter.Capacity(p.Capacity).Administrative() && p.Capacity != "" {
		f.Advice = append(f.Advice, "本单位没有行政主体资格：文书写明本单位的申诉途径，不写行政复议和行政诉讼，写了会使投诉人走错门")
	}
	if p.ConfirmedBy == "" && letter.Capacity(p.Capacity).Administrative() {
		f.Advice = append(f.Advice, "救济途径请由法制审核人员确认一次，并填写确认人和日期")
	}
	return f
}

// profileOf reads the profile's values; the JSON names are the keys.
func profileOf(u *office.Unit) Profile {
	var p Profile
	v := reflect.ValueOf(&p).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("json")
		value := u.Profile[name]
		if v.Field(i).Kind() == reflect.Bool {
			v.Field(i).SetBool(value == "true")
			continue
		}
		v.Field(i).SetString(value)
	}
	p.OfficeCode, p.OfficeName = u.Code, u.Name
	return p
}

// SetProfile changes the profile; only what differs is recorded.
func (d *Desk) SetProfile(ctx context.Context, p Profile) (ProfileForm, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return ProfileForm{}, err
	}
	if !me.Has(office.Administrator) {
		return ProfileForm{}, errAdminOnly
	}
	if p.OfficeCode != "" && p.OfficeCode != me.Unit.Code || p.OfficeName != "" && p.OfficeName != me.Unit.Name {
		return ProfileForm{}, fault.New(fault.Refused, "office-fixed", "单位代码和名称在建立时已定，写在每个统一编号和记录里，不能更改", "文书上的名称请改“落款机关”")
	}
	if p.Capacity != "" {
		c, ok := letter.ParseCapacity(p.Capacity)
		if !ok {
			return ProfileForm{}, fault.New(fault.Usage, "capacity", "主体资格不在列表中："+p.Capacity, "可选："+capacityNames()).At("capacity")
		}
		p.Capacity = string(c)
	}
	if p.Sector != "" && regime.SectorLabel(p.Sector) == "" {
		return ProfileForm{}, unknownSector(p.Sector)
	}
	if p.Area = strings.TrimSpace(p.Area); p.Area != "" && !field.IsArea(p.Area) {
		return ProfileForm{}, fault.New(fault.Usage, "area", "行政区划代码应为六位数字", "区县写全六位；市以 00、省以 0000 结尾").At("area")
	}
	changes := map[string]string{}
	v, old := reflect.ValueOf(p), reflect.ValueOf(profileOf(me.Unit))
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("json")
		if name == "office_code" || name == "office_name" || v.Field(i).Equal(old.Field(i)) {
			continue
		}
		value := ""
		if v.Field(i).Kind() == reflect.Bool {
			if v.Field(i).Bool() {
				value = "true"
			}
		} else {
			value = strings.TrimSpace(v.Field(i).String())
		}
		if len([]rune(value)) > 300 {
			return ProfileForm{}, fault.New(fault.Usage, "profile-too-long", "内容太长", "请控制在 300 字以内").At(name)
		}
		changes[name] = value
	}
	if len(changes) > 0 {
		if err := book.Decide(ctx, nil, &office.SetProfile{Values: changes}); err != nil {
			return ProfileForm{}, err
		}
	}
	return d.Profile(ctx)
}

var errAdminOnly = fault.New(fault.Forbidden, "admin-only", "只有管理员可以更改设置", "请由管理员办理")
