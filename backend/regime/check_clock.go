package regime

import (
	"fmt"
	"slices"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/field"
)

// Origins of a clock, and what its span binds.
const (
	Statutory = "statutory" // 法定: an article sets it
	ByUnit    = "unit"      // 办法规定；单位改过的才是本单位设定
	Unset     = "unset"     // 未设定: the source says 及时 and no more

	BindsOffice  = "office"
	BindsCitizen = "citizen"
)

func (c *checker) clock(i int) {
	k := &c.r.Clocks[i]
	at := fmt.Sprintf("clocks[%d]", i)
	if !validID(k.ID) || strings.TrimSpace(k.Label) == "" {
		c.say(at, "时限“%s”没有名称，或编号不合规则", short(k.ID))
	}
	if j := slices.IndexFunc(c.r.Clocks, func(x Clock) bool { return x.ID == k.ID }); j < i {
		c.say(at, "时限“%s”出现两次", k.ID)
	}
	if k.Track != "" {
		c.needTrack(at, k.Track)
	}
	c.clockOrigin(at, k)
	if len(k.Start) == 0 || len(k.Stop) == 0 {
		c.say(at, "时限“%s”没有写起点或终点", k.ID)
	}
	c.clockMarks(at, k)
	if len(k.Pause) > 0 && len(k.Resume) == 0 {
		c.say(at, "时限“%s”会暂停，没有写怎样恢复", k.ID)
	}
	c.clockWords(at, k)
	c.clockSources(at, k)
	for _, s := range k.WarnAt {
		c.needSpan(at, k.ID, s)
	}
	c.clockExtend(at, k)
	if k.Overdue != "" {
		c.needRole(at, k.Overdue)
	}
	c.guard(at+".guard", k.Track, k.Guard)
	c.holds(at+".guard", nil, k.Guard)
	if asksClock(k.Guard) {
		c.say(at+".guard", "时限“%s”的条件不得再问时限", k.ID)
	}
}

// clockMarks: what starts, stops and moves the limit must be set by something.
func (c *checker) clockMarks(at string, k *Clock) {
	for _, x := range []struct {
		key   string
		marks []string
	}{{"start", k.Start}, {"stop", k.Stop}, {"told_after", k.Told}, {"pause", k.Pause}, {"resume", k.Resume}, {"restart", k.Restart}} {
		for _, mark := range x.marks {
			c.needMark(at+"."+x.key, mark)
		}
	}
	// One of several that is never set is a slip; when none is, the limit is dead.
	set := func(mark string) bool { return c.marks[mark] }
	if len(k.Start) > 0 && !slices.ContainsFunc(k.Start, set) {
		c.say(at+".start", "时限“%s”永远不会开始：没有动作或文书记下它的起点", k.ID)
	}
	if len(k.Stop) > 0 && !slices.ContainsFunc(k.Stop, set) {
		c.say(at+".stop", "时限“%s”开始后不会停：没有动作或文书记下它的终点", k.ID)
	}
}

func (c *checker) clockExtend(at string, k *Clock) {
	if k.Extend == nil {
		return
	}
	if k.Extend.Times < 1 {
		c.say(at, "时限“%s”可以延长几次没有写明", k.ID)
	}
	if k.Extend.Span != "" {
		c.needSpan(at, k.ID, k.Extend.Span)
	}
	if k.Extend.By != "" {
		c.needRole(at, k.Extend.By)
	}
}

// clockOrigin: who set the limit must be said, because a limit of the office's
// own and one of the law are told apart everywhere.
func (c *checker) clockOrigin(at string, k *Clock) {
	switch k.Origin {
	case Statutory, ByUnit:
		if k.Span == "" && k.SpanFrom == "" {
			c.say(at, "时限“%s”没有写多长", k.ID)
		}
		if k.Origin == Statutory && strings.TrimSpace(k.Article) == "" {
			c.say(at, "时限“%s”是法定的，没有写哪一条", k.ID)
		}
	case Unset:
		if k.Span != "" {
			c.say(at, "时限“%s”写着未设定，却有长度", k.ID)
		}
	case "":
		c.say(at, "时限“%s”没有写来源（origin：statutory、unit 或 unset）", k.ID)
	default:
		c.say(at, "时限“%s”的来源“%s”不认识", k.ID, short(k.Origin))
	}
	if k.Span != "" {
		c.needSpan(at, k.ID, k.Span)
	}
}

func (c *checker) clockWords(at string, k *Clock) {
	if _, err := calendar.ParseRoll(k.Roll); err != nil {
		c.say(at, "时限“%s”的顺延方式“%s”不认识", k.ID, short(k.Roll))
	}
	if k.Cutoff != "" {
		if _, err := calendar.ParseClock(k.Cutoff); err != nil {
			c.say(at, "时限“%s”的截止时刻“%s”看不懂", k.ID, short(k.Cutoff))
		}
	}
	for _, w := range []struct{ value, a, b string }{
		{k.First, "excluded", "included"}, {k.Hours, "wall", "business"}, {k.Binds, BindsOffice, BindsCitizen},
	} {
		if w.value != "" && w.value != w.a && w.value != w.b {
			c.say(at, "时限“%s”：“%s”应为 %s 或 %s", k.ID, short(w.value), w.a, w.b)
		}
	}
}

func (c *checker) needSpan(at, clock, s string) {
	if _, err := calendar.ParseSpan(s); err != nil {
		c.say(at, "时限“%s”的长度“%s”看不懂", clock, short(s))
	}
}

func asksClock(g *Guard) bool {
	if g == nil {
		return false
	}
	return g.Clock != nil || asksClock(g.Not) ||
		slices.ContainsFunc(slices.Concat(g.All, g.Any), func(x Guard) bool { return asksClock(&x) })
}

const maxGuardDepth = 3

// clockStates are what a guard may ask a clock for.
var clockStates = []string{"running", "stopped", "paused", "overdue", "unset", "waiting"}

// guard checks a condition; track is where a bare stage name is looked up.
func (c *checker) guard(at, track string, g *Guard) { c.guardAt(at, track, g, 1) }

func (c *checker) guardAt(at, track string, g *Guard, depth int) {
	if g == nil {
		return
	}
	if depth > maxGuardDepth {
		c.say(at, "条件嵌套超过 %d 层", maxGuardDepth)
		return
	}
	for i := range g.All {
		c.guardAt(fmt.Sprintf("%s.all[%d]", at, i), track, &g.All[i], depth+1)
	}
	for i := range g.Any {
		c.guardAt(fmt.Sprintf("%s.any[%d]", at, i), track, &g.Any[i], depth+1)
	}
	c.guardAt(at+".not", track, g.Not, depth+1)
	c.guardField(at, g)
	c.guardNames(at, track, g)
	c.guardWithin(at, g.Within)
	c.guardMore(at, g)
	c.guardBeforeEnd(at, g.BeforeEnd)
}

// guardNames: the stage, the mark, the clock and so on that a condition names
// must exist.
func (c *checker) guardNames(at, track string, g *Guard) {
	if g.Stage != "" {
		t, s := splitStage(g.Stage)
		if t == "" {
			t = track
		}
		if _, ok := c.r.Stage(t, s); !ok {
			c.say(at, "条件里的阶段“%s”不存在", short(g.Stage))
		}
	}
	if g.Mark != nil {
		c.needMark(at, g.Mark.ID)
	}
	c.guardClock(at, g.Clock)
	if g.Role != "" {
		c.needRole(at, g.Role)
	}
	if g.NotBy != "" {
		if _, ok := c.r.Action(g.NotBy); !ok {
			c.say(at, "条件里的动作“%s”不存在", short(g.NotBy))
		}
	}
	if g.Letter != "" {
		if _, ok := c.r.Letter(g.Letter); !ok {
			c.say(at, "条件里的文书“%s”不存在", short(g.Letter))
		}
	}
}

func (c *checker) guardClock(at string, k *ClockGuard) {
	if k == nil {
		return
	}
	if _, ok := c.r.Clock(k.ID); !ok || len(k.In) == 0 {
		c.say(at, "条件里的时限“%s”不存在，或没有写状态", short(k.ID))
	}
	for _, state := range k.In {
		if !slices.Contains(clockStates, state) {
			c.say(at, "条件里时限的状态“%s”不认识", short(state))
		}
	}
}

func (c *checker) guardField(at string, g *Guard) {
	if g.Field == "" {
		if g.Is != nil || g.In != nil || g.Min != nil || g.Max != nil {
			c.say(at, "条件里写了 is、in、min 或 max，没有写 field")
		}
		return
	}
	root, _, _ := strings.Cut(g.Field, ".")
	def, ok := c.r.FieldDef(root)
	if !ok {
		c.say(at, "条件里的字段“%s”不存在", short(g.Field))
		return
	}
	if root != g.Field || len(def.Options) == 0 {
		return
	}
	known := func(id string) bool {
		return slices.ContainsFunc(def.Options, func(o field.Option) bool { return o.ID == id })
	}
	if g.Is != nil && !known(plain(g.Is)) {
		c.say(at, "条件里“%s”没有选项“%s”", g.Field, short(plain(g.Is)))
	}
	for _, x := range g.In {
		if !known(x) {
			c.say(at, "条件里“%s”没有选项“%s”", g.Field, short(x))
		}
	}
}

func (c *checker) guardWithin(at string, w *Within) {
	if w == nil {
		return
	}
	c.needMark(at, w.Mark)
	// Working days need the office's calendar, which a guard does not have.
	if s, err := calendar.ParseSpan(w.Span); err != nil || s.Unit == calendar.UnitWorkday {
		c.say(at, "条件里的期间“%s”看不懂，或用了工作日", short(w.Span))
	}
}
