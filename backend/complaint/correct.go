package complaint

import (
	"jiesu/backend/fault"
	"jiesu/backend/journal"
)

// What every case allows, whatever its regime says.
const (
	NoteAction    = "note"
	EditAction    = "edit"
	AttachAction  = "attach"
	LinkAction    = "link"
	MergeAction   = "merge"
	SplitAction   = "split"
	UndoAction    = "undo"
	ResolveAction = "resolve"
	LetterAction  = "letter"
	VoidAction    = "void-letter"
	PersonAction  = "same-person"
)

// DecideUndo takes an act back, if its action allows it and nothing that
// stands was built on it.
func DecideUndo(c *Case, env Env, target journal.ID) (*Act, error) {
	var step *Step
	for i := range c.History {
		s := &c.History[i]
		if s.Act == target {
			step = s
			continue
		}
		if step != nil && s.Dropped == "" && s.Track == step.Track && s.Kind != "contact" && s.Action != UndoAction {
			return nil, fault.New(fault.Refused, "undo-built-on", "之后已经办理了“"+s.Label+"”，不能单独撤销这一步", "请先撤销后面的办理")
		}
	}
	switch {
	case step == nil:
		return nil, fault.New(fault.NotFound, "act-not-found", "本案没有这一步", "请刷新后重试")
	case step.Dropped != "":
		return nil, fault.New(fault.Refused, "undo-twice", "这一步已经撤销", "")
	case !step.Reversible:
		return nil, fault.New(fault.Refused, "undo-irreversible", "“"+step.Label+"”不能撤销", "如有错误，请用更正、作废或后续办理")
	}
	act := env.newAct(UndoAction, "撤销“"+step.Label+"”", step.Track, env.Now, "")
	act.Effects = Effects{&Undo{Act: target}}
	return act, nil
}

// DecideResolve settles a contradiction for one of its acts. What was built on
// the others alone is dropped with them; letters and notes stay.
func DecideResolve(c *Case, env Env, id string, keep journal.ID, reason string) (*Act, error) {
	var k *Contradiction
	for i := range c.Contradictions {
		if c.Contradictions[i].ID == id {
			k = &c.Contradictions[i]
		}
	}
	if k == nil {
		return nil, fault.New(fault.NotFound, "contradiction-not-found", "没有这个冲突，可能已经裁决", "请刷新后查看")
	}
	nodes := make([]journal.Node, len(c.History))
	for i, s := range c.History {
		nodes[i] = journal.Node{ID: s.Act, Parents: s.Parents}
	}
	past := journal.NewAncestry(nodes)
	kept := false
	drop := map[journal.ID]bool{}
	for _, a := range k.Acts {
		kept = kept || a == keep
		drop[a] = a != keep
	}
	if !kept {
		return nil, fault.New(fault.Usage, "keep-not-part", "所选的一方不在这个冲突里", "请从冲突双方中选择")
	}
	resolve := &Resolve{Contradiction: id, Keep: keep}
	for _, s := range c.History {
		for _, a := range k.Acts {
			builtOn := a != keep && past.Saw(s.Act, a) && !past.Saw(s.Act, keep)
			if builtOn && s.Dropped == "" {
				drop[s.Act] = true
			}
		}
		if drop[s.Act] {
			resolve.Drop = append(resolve.Drop, s.Act)
		}
	}
	act := env.newAct(ResolveAction, "冲突裁决", "", env.Now, reason)
	act.Effects = Effects{resolve}
	return act, nil
}

// DecideNote appends a remark.
func DecideNote(env Env, text string) (*Act, error) {
	if r := []rune(text); len(r) == 0 || len(r) > 20000 {
		return nil, fault.New(fault.Refused, "note-size", "备注为空或过长", "请写 1 到 20000 字")
	}
	act := env.newAct(NoteAction, "备注", "", env.Now, "")
	act.Effects = Effects{&Note{Text: text}}
	act.Reversible = true
	return act, nil
}

// Simple makes an act of one of the actions every case allows.
func Simple(env Env, action, label, reason string, effects ...Effect) *Act {
	act := env.newAct(action, label, "", env.Now, reason)
	act.Effects = effects
	return act
}
