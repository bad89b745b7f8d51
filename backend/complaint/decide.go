package complaint

import (
	"slices"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// Env is what a decision is made in.
type Env struct {
	Regime  *regime.Regime
	Officer Ref
	Office  string
	HasRole func(role string) bool
	Clock   func(id string) (state string) // running, stopped, paused, overdue, unset, waiting
	Now     time.Time
	NewID   func() string // random id for rows and letters

	ClockEnd func(id string) (time.Time, bool)       // when it ends: the end of its day where it counts days
	InCharge func(unit string) bool                  // whether this officer answers for a unit or department
	LimitOf  func(role, group string) (string, bool) // the most in money that the office lets a role grant alone
	Area     string                                  // 行政区划代码 of the office, if it has one
	Skilled  func(skills []string) ([]string, bool)  // the officers who have them, and whether it matters here
}

// Command is what an officer wants to do.
type Command struct {
	Action string
	Track  string    // empty: the action's own
	At     time.Time // when it happened; zero: now
	Values map[string]any
	Reason string
}

// Offer is an action that may be done now, or why not.
type Offer struct {
	Action  regime.Action
	Allowed bool
	Why     string
}

// Offers lists the regime's actions for the case, allowed ones first in the
// regime's order.
func Offers(c *Case, env Env) []Offer {
	var yes, no []Offer
	for _, a := range env.Regime.Actions {
		if a.ID == RegisterAction || elsewhere(c, env.Regime, &a) {
			continue
		}
		o := Offer{Action: a}
		if r := refuse(c, env, &a); r.why != "" {
			o.Why = r.why
			no = append(no, o)
			continue
		}
		o.Allowed = true
		yes = append(yes, o)
	}
	return append(yes, no...)
}

// refusal is why an action may not be done, under which rule, and at which
// field of the form it can be mended.
type refusal struct{ code, why, at string }

const notAllowed = "action-not-allowed"

// refuse says why the action may not be done now; no sentence: it may.
func refuse(c *Case, env Env, a *regime.Action) refusal {
	if why := c.closedTo(); why != "" {
		return refusal{code: notAllowed, why: why}
	}
	if why := c.recused(env.Officer, a.ID); why != "" {
		return refusal{code: recusedCode, why: why}
	}
	t, open := c.Track(a.Track)
	switch {
	case !open:
		return refusal{code: notAllowed, why: "本案没有这条办理线"}
	case len(a.Stages) == 0 && t.Ended:
		return refusal{code: notAllowed, why: "已到“" + t.StageLabel + "”，不能再办理此项"}
	case len(a.Stages) > 0 && !contains(a.Stages, t.Stage):
		return refusal{code: notAllowed, why: "目前处于“" + t.StageLabel + "”，此项只能在“" + stageLabels(env.Regime, a) + "”办理"}
	case !roleAllows(env, a.Roles):
		return refusal{code: notAllowed, why: "需要“" + roleLabels(env.Regime, a.Roles) + "”办理"}
	}
	facts := factsOf(c, env, a.Track, nil)
	if no := c.unconsented(a, facts, env.Now); no.why != "" {
		return no
	}
	return guarded(a.Guard, facts, notAllowed)
}

// guarded says why a guard does not hold. Beyond one's authority the way on is
// always the same, whatever sentence the rulebook has.
func guarded(g *regime.Guard, f *facts, code string) refusal {
	ok, says := g.Eval(f)
	switch {
	case ok:
		return refusal{}
	case !g.Beyond(f):
		return refusal{code: code, why: says}
	case strings.Contains(says, "超权限"):
		return refusal{code: beyondCode, why: says}
	}
	return refusal{code: beyondCode, why: "超权限，需上报：" + says}
}

// refuse asks the guard once more with what the form says.
func (b *builder) refuse() refusal {
	facts := factsOf(b.c, b.env, b.action.Track, b.values)
	b.pending(facts)
	no := guarded(b.action.Guard, facts, "guard")
	if no.why == "" {
		return b.c.unconsented(b.action, facts, b.env.Now)
	}
	no.at = b.action.Guard.Points(facts, func(id string) bool {
		return slices.ContainsFunc(b.action.Fields, func(use regime.FieldUse) bool { return use.ID == id })
	})
	return no
}

const beyondCode = "beyond-authority"

func (r refusal) fault(a *regime.Action) error {
	if r.why == "" {
		return nil
	}
	return fault.New(fault.Refused, r.code, "不能"+a.Label+"："+r.why, articleHint(a.Article)).At(r.at)
}

// closedTo says why nothing at all may be decided on the case, or "".
func (c *Case) closedTo() string {
	switch {
	case c.ReadOnly:
		return "本案含有由更新版本写入的内容，需要升级程序后办理"
	case c.MergedInto != "":
		return "本案已并入另一案件，请在并入后的案件中办理"
	case len(c.Contradictions) > 0:
		return "本案有两处不一致的处理，请先在“同步状态/冲突”中裁决"
	}
	return ""
}

// Decide turns a command into an act, or refuses naming the rule.
func Decide(c *Case, env Env, cmd Command) (*Act, error) {
	a, ok := actionOf(c, env.Regime, cmd)
	if !ok || a.ID == RegisterAction {
		return nil, fault.New(fault.Usage, "unknown-action", "本案适用的办法中没有这个动作", "用 case actions 查看可办理的动作")
	}
	if err := refuse(c, env, &a).fault(&a); err != nil {
		return nil, err
	}
	at, err := c.moment(cmd.At, env.Now)
	if err != nil {
		return nil, err
	}
	if err := checkPeople(cmd.Values); err != nil {
		return nil, err
	}
	b := builder{c: c, env: env, action: &a, at: at}
	if b.values, b.derived, err = formValues(c, env, &a, cmd.Values, at); err != nil {
		return nil, err
	}
	if err := b.refuse().fault(&a); err != nil {
		return nil, err
	}
	if !cmd.At.IsZero() && b.moves() {
		if err := c.inOrder(env.Regime, a.Track, at, "办理时间", "at"); err != nil {
			return nil, err
		}
	}
	act := env.newAct(a.ID, a.Label, a.Track, at, strings.TrimSpace(cmd.Reason))
	act.Reversible = a.Reversible
	if act.Effects, err = b.effects(); err != nil {
		return nil, err
	}
	if err := act.backDated(); err != nil {
		return nil, err
	}
	if c.Protected {
		act.Protect(env.Regime, c)
	}
	return act, nil
}

func (env Env) newAct(action, label, track string, at time.Time, reason string) *Act {
	return &Act{Action: action, Label: label, Track: track, At: at, Recorded: env.Now, Officer: env.Officer, Office: env.Office, Reason: reason}
}

// moment checks when an act is said to have happened.
func (c *Case) moment(at, now time.Time) (time.Time, error) {
	if at.IsZero() {
		return now, nil
	}
	return at, c.happened(at, now, "办理时间", "at")
}

// happened refuses a moment still to come, or before the day of receipt: what
// limits run from and letters print must be possible.
func (c *Case) happened(at, now time.Time, label, id string) error {
	if inFuture(at, now) {
		return fault.New(fault.Refused, "at-in-future", label+"晚于现在", "请核对日期；如电脑时间不对，请先校正").At(id)
	}
	if received := c.Marks[ReceivedMark]; len(received) > 0 && calendar.DateOf(at).Before(calendar.DateOf(received[0].At)) {
		return fault.New(fault.Refused, "at-before-receipt", label+"早于收到日期", "请核对"+label+"，或更正收到日期").At(id)
	}
	return nil
}

// inOrder refuses a day before the step that the track stands on: a limit that
// would stop before it starts runs for ever.
func (c *Case) inOrder(r *regime.Regime, track string, at time.Time, label, id string) error {
	for _, s := range c.History {
		a, ok := r.Action(s.Action)
		if !ok || s.Dropped != "" || s.Track != track || a.ID == RegisterAction || !(&builder{action: &a}).moves() {
			continue
		}
		for _, moments := range c.Marks {
			for _, m := range moments {
				if day := calendar.DateOf(m.At); m.Act == string(s.Act) && calendar.DateOf(at).Before(day) {
					return fault.New(fault.Refused, "at-before-step", label+"早于“"+s.Label+"”（"+day.Chinese()+"）", "请核对"+label+"，或先更正那一步的日期").At(id)
				}
			}
		}
	}
	return nil
}

// inFuture allows for clocks that differ a little.
func inFuture(at, now time.Time) bool { return at.After(now.Add(5 * time.Minute)) }

// formValues keeps what the action's form asks for, checked and normalised,
// with the rulebook's own values where the form says nothing, and what its
// matrices derive.
func formValues(c *Case, env Env, a *regime.Action, in map[string]any, at time.Time) (map[string]any, map[string]bool, error) {
	known := map[string]bool{}
	out := map[string]any{}
	for _, use := range a.Fields {
		def, ok := env.Regime.FieldDef(use.ID)
		if !ok {
			continue
		}
		known[use.ID] = true
		if use.Label != "" {
			def.Label = use.Label
		}
		value, given := in[use.ID]
		if !given {
			value = c.standing(use, def, at)
		}
		if field.Empty(value) {
			continue
		}
		normal, err := field.Normalise(def, value)
		if err == nil {
			err = checkChoice(def, normal)
		}
		if err == nil {
			normal, err = rowNamed(c, def, normal)
		}
		if err != nil {
			return nil, nil, err
		}
		out[use.ID] = normal
	}
	for id := range in {
		if !known[id] {
			return nil, nil, fault.New(fault.Usage, "unknown-field", "“"+a.Label+"”没有这一项："+id, "用 case actions 查看需要填写的项目").At(id)
		}
	}
	if err := requireAll(c, env, a, out); err != nil {
		return nil, nil, err
	}
	return out, derive(c, env.Regime, out), nil
}

// standing is the value a field has where the form does not say one: the
// moment of the act, or the rulebook's default unless the case has a value.
func (c *Case) standing(use regime.FieldUse, def field.Def, at time.Time) any {
	if use.Default == "now" {
		return standingFor(def, use.Default, at)
	}
	if _, has := c.Fields[use.ID]; has {
		return nil
	}
	return use.Default
}

func requireAll(c *Case, env Env, a *regime.Action, values map[string]any) error {
	facts := factsOf(c, env, a.Track, values)
	for _, use := range a.Fields {
		shown := true
		if use.When != nil {
			shown, _ = use.When.Eval(facts)
		}
		if !shown {
			delete(values, use.ID)
			continue
		}
		must := use.Required == field.Always || use.Required == field.When
		if _, chosen := values[use.Of]; use.Of != "" && !chosen { // 其他 chosen and said earlier
			must = false
		}
		if _, given := values[use.ID]; !given && must {
			label := use.Label
			if def, ok := env.Regime.FieldDef(use.ID); ok && label == "" {
				label = def.Label
			}
			return fault.New(fault.Refused, "field-required", "请填写“"+label+"”", articleHint(a.Article)).At(use.ID)
		}
	}
	return nil
}

func checkChoice(def field.Def, value any) error {
	options := def.Options
	if len(options) == 0 {
		return nil
	}
	var picked []any
	switch v := value.(type) {
	case string:
		picked = []any{v}
	case []any:
		picked = v
	}
	for _, p := range picked {
		found := false
		for _, o := range options {
			found = found || o.ID == p
		}
		if !found {
			return fault.New(fault.Refused, "not-a-choice", "“"+def.Label+"”没有这个选项", "请从列表中选择").At(def.ID)
		}
	}
	return nil
}

func articleHint(article string) string {
	if article == "" {
		return "在“可办事项”（case actions）里查看现在能办什么"
	}
	return "依据：" + article
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func roleAllows(env Env, roles []string) bool {
	for _, r := range roles {
		if env.HasRole(r) {
			return true
		}
	}
	return len(roles) == 0 && env.HasRole("handler")
}
