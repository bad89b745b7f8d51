package complaint

import (
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/regime"
)

// RegisterAction is the action that starts a case; a regime may add fields and
// effects to it.
const RegisterAction = "register"

// Marks every case has.
const (
	ReceivedMark   = "received"   // 单位签收: what limits count from
	RegisteredMark = "registered" // when it was written down
)

// Registration is a complaint as it comes in.
type Registration struct {
	Number     string
	Serial     Serial
	Matter     string
	Channel    string
	ReceivedAt time.Time
	Values     map[string]any // standard fields and the regime's own, by id
	Protected  bool           // 保密: the complainant is sealed under the identity key
	Message    string         // id of the received message it comes from
}

// Register makes the first act of a case.
func Register(env Env, in Registration) (*Act, error) {
	r := env.Regime
	matter, ok := pickMatter(r, in.Matter)
	if !ok {
		return nil, fault.New(fault.Refused, "unknown-matter", "这份办法不办理这类事项", "请选择办法列出的事项类型").At("matter")
	}
	if !hasChannel(r, in.Channel) {
		return nil, fault.New(fault.Refused, "unknown-channel", "这份办法没有这个渠道", "请选择办法列出的渠道").At("channel")
	}
	if err := checkReceived(r, in.ReceivedAt, env.Now); err != nil {
		return nil, err
	}
	action, ok := r.Action(RegisterAction)
	if !ok {
		action = regime.Action{ID: RegisterAction, Label: "登记"}
	}
	if err := checkPeople(in.Values); err != nil {
		return nil, err
	}
	values, err := registerValues(env, &action, matter, in)
	if err != nil {
		return nil, err
	}
	act := env.newAct(RegisterAction, action.Label, "", env.Now, "")
	act.Effects, err = registerEffects(env, &action, matter, in, values)
	if err != nil {
		return nil, err
	}
	if in.Protected || matter.Has(regime.ProtectedFlag) {
		act.Protect(env.Regime, nil)
	}
	return act, nil
}

func registerEffects(env Env, action *regime.Action, matter regime.Matter, in Registration, values map[string]any) (Effects, error) {
	r := env.Regime
	set, rows := apart(env, values)
	out := Effects{&Rebind{Regime: r.ID, Version: r.Version, Hash: r.Hash, Title: r.Title},
		&Decided{Slot: NumberSlot, Value: in.Number, Serial: &in.Serial}, set,
		&Mark{Name: ReceivedMark, At: in.ReceivedAt}, &Mark{Name: RegisteredMark, At: env.Now}}
	out = append(out, rows...)
	for _, id := range []string{"sent_at", "forwarded_at", "handed_at"} {
		if s, ok := values[id].(string); ok {
			t, ok := ParseMoment(s)
			if def, _ := r.FieldDef(id); ok && inFuture(t, env.Now) {
				return nil, fault.New(fault.Refused, "at-in-future", "“"+def.Label+"”晚于现在", "请核对日期；如电脑时间不对，请先校正").At(id)
			}
			if ok {
				out = append(out, &Mark{Name: registeredMarks[id], At: t})
			}
		}
	}
	for _, track := range matter.Tracks {
		opened, err := openTrack(r, track)
		if err != nil {
			return nil, err
		}
		out = append(out, opened...)
	}
	b := builder{c: newCase(""), env: env, action: action, values: values, at: in.ReceivedAt}
	facts := factsOf(b.c, env, action.Track, values)
	for _, spec := range action.Effects {
		if spec.When != nil {
			if ok, _ := spec.When.Eval(facts); !ok {
				continue
			}
		}
		effects, err := b.of(spec)
		if err != nil {
			return nil, err
		}
		out = append(out, effects...)
	}
	return append(out, deriveFrom(b.c, r, out)...), nil
}

func pickMatter(r *regime.Regime, id string) (regime.Matter, bool) {
	for _, m := range r.Matters {
		if m.ID == id || id == "" {
			return m, true
		}
	}
	return regime.Matter{}, false
}

func hasChannel(r *regime.Regime, id string) bool {
	for _, c := range r.Channels {
		if c.ID == id {
			return true
		}
	}
	return false
}

// inForce says from when to when a rulebook holds: it is chosen by the day of
// receipt, not by today.
func inForce(r *regime.Regime) string {
	if r.To != "" {
		return "施行期间为 " + r.From + " 至 " + r.To
	}
	return "自 " + r.From + " 起施行"
}

func checkReceived(r *regime.Regime, received, now time.Time) error {
	if received.IsZero() {
		return fault.New(fault.Refused, "field-required", "请填写收到日期", "时限从单位签收之日起算").At("received_at")
	}
	if inFuture(received, now) {
		return fault.New(fault.Refused, "received-in-future", "收到日期晚于现在", "请核对日期；如电脑时间不对，请先校正").At("received_at")
	}
	day := received.In(calendar.Zone()).Format(time.DateOnly)
	if day < r.From || r.To != "" && day > r.To {
		return fault.New(fault.Refused, "regime-not-in-force", "《"+r.Title+"》"+inForce(r)+"，不适用于 "+day+" 收到的事项", "请选择收到当日施行的办法").At("regime")
	}
	return nil
}

// ParseMoment reads a date ("2006-01-02": the beginning of that day in China)
// or a time (RFC 3339, or "2006-01-02 15:04").
func ParseMoment(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02 15:04:05", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, calendar.Zone()); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
