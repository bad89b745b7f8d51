package desk

import (
	"jiesu/backend/journal"
)

func (s *sim) check() {
	s.same(s.all...)
	for _, m := range s.all {
		s.there(m, func(saved) bool { return true })
		if twice := numbers(s.t, m); len(twice) > 0 {
			s.t.Errorf("numbers given twice: %v", twice)
		}
		s.contiguous(m)
		s.causal(m)
		conflicts, err := m.Contradictions(bg)
		list, err2 := m.List(bg, CaseQuery{}, 0, 1000)
		if err := firstError(err, err2); err != nil {
			s.t.Fatal(err)
		}
		named := map[string]bool{}
		for _, k := range conflicts {
			named[k.Case] = true
		}
		for _, row := range list.Rows {
			if row.Conflict != named[row.ID] {
				s.t.Errorf("%s: conflict %v, listed %v", row.Number, row.Conflict, named[row.ID])
			}
		}
	}
}

// contiguous reads every chain whole.
func (s *sim) contiguous(m *desktop) {
	heads := m.book.Heads()
	if len(heads) != len(s.all) {
		s.t.Errorf("%d chains of %d offices: somebody forked", len(heads), len(s.all))
	}
	for replica, head := range heads {
		records, err := m.book.Records(bg, replica, 1, 100000)
		if err != nil || uint64(len(records)) != head.Seq {
			s.t.Errorf("%d records of %d of %s: %v", len(records), head.Seq, replica, err)
		}
		prev := journal.ID("")
		for i, r := range records {
			e, err := journal.Parse(r.Entry)
			if err != nil || e.Seq != uint64(i+1) || e.Prev != prev {
				s.t.Fatalf("entry %d of %s does not continue: %v", i+1, replica, err)
			}
			prev = e.ID
		}
	}
}

// causal demands that every history tells things in the order in which their
// authors saw them.
func (s *sim) causal(m *desktop) {
	for id := range m.shown() {
		c, err := m.book.Case(id)
		if err != nil {
			s.t.Fatal(err)
		}
		told := map[journal.ID]bool{}
		for _, step := range c.History {
			for _, p := range step.Parents {
				if !told[p] {
					s.t.Errorf("case %s tells %s before what it had seen", id[:8], step.Act[:8])
				}
			}
			told[step.Act] = true
		}
	}
}
