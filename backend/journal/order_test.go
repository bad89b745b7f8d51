package journal_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"jiesu/backend/journal"
	"pgregory.net/rapid"
)

type desk struct {
	name  string
	seq   uint64
	holds map[journal.ID]bool
}

// drawHistory lets a few replicas write and receive in any rhythm, so that
// branches are of unequal length; clocks say nothing about causes.
func drawHistory(t *rapid.T) []journal.Node {
	desks := make([]*desk, rapid.IntRange(1, 4).Draw(t, "desks"))
	for i := range desks {
		desks[i] = &desk{name: fmt.Sprint("r", i), holds: map[journal.ID]bool{}}
	}
	var nodes []journal.Node
	for range rapid.IntRange(1, 30).Draw(t, "steps") {
		d := desks[rapid.IntRange(0, len(desks)-1).Draw(t, "desk")]
		if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
			for id := range desks[rapid.IntRange(0, len(desks)-1).Draw(t, "from")].holds {
				d.holds[id] = true
			}
			continue
		}
		d.seq++
		sum := sha256.Sum256(fmt.Append(nil, d.name, d.seq, rapid.Uint8().Draw(t, "salt")))
		n := journal.Node{ID: journal.ID(hex.EncodeToString(sum[:])), Replica: d.name, Seq: d.seq,
			Parents: slowHeads(nodes, d.holds),
			Clock:   journal.Stamp{Millis: rapid.Int64Range(0, 3).Draw(t, "millis"), Counter: rapid.Uint32Range(0, 2).Draw(t, "counter")}}
		nodes = append(nodes, n)
		d.holds[n.ID] = true
	}
	return nodes
}

func slowHeads(nodes []journal.Node, held map[journal.ID]bool) []journal.ID {
	var heads []journal.ID
	for _, n := range nodes {
		named := slices.ContainsFunc(nodes, func(o journal.Node) bool { return held[o.ID] && slices.Contains(o.Parents, n.ID) })
		if held[n.ID] && !named {
			heads = append(heads, n.ID)
		}
	}
	return heads
}

// slowSort is the rule as it stands in the package comment, word for word.
func slowSort(nodes []journal.Node) (ordered []journal.Node) {
	rest := slices.Clone(nodes)
	done := map[journal.ID]bool{}
	for {
		best := -1
		for i, n := range rest {
			free := !slices.ContainsFunc(n.Parents, func(p journal.ID) bool { return !done[p] })
			if free && (best < 0 || smaller(n, rest[best])) {
				best = i
			}
		}
		if best < 0 {
			return ordered
		}
		ordered = append(ordered, rest[best])
		done[rest[best].ID] = true
		rest = slices.Delete(rest, best, best+1)
	}
}

func smaller(a, b journal.Node) bool {
	key := func(n journal.Node) string {
		return fmt.Sprintf("%020d %010d %s %020d", n.Clock.Millis, n.Clock.Counter, n.Replica, n.Seq)
	}
	return key(a) < key(b)
}

func ids(nodes []journal.Node) []journal.ID {
	out := []journal.ID{}
	for _, n := range nodes {
		out = append(out, n.ID)
	}
	return out
}

func TestSortFollowsTheRuleOnRandomHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := drawHistory(t)
		ordered, waiting := journal.Sort(nodes)
		if len(waiting) != 0 {
			t.Fatalf("%d entries wait although nothing is missing", len(waiting))
		}
		if want := ids(slowSort(nodes)); !slices.Equal(ids(ordered), want) {
			t.Fatalf("got  %v\nwant %v", ids(ordered), want)
		}
		place := map[journal.ID]int{}
		for i, n := range ordered {
			place[n.ID] = i
			for _, p := range n.Parents {
				if at, ok := place[p]; !ok || at >= i {
					t.Fatalf("%s stands before what its author had seen", n.ID.Short())
				}
			}
		}
	})
}

func TestSortDoesNotDependOnArrivalOrDuplicates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := drawHistory(t)
		some := nodes
		if len(nodes) > 0 {
			some = rapid.SliceOfN(rapid.SampledFrom(nodes), 0, 2*len(nodes)).Draw(t, "some")
		}
		a, wa := journal.Sort(some)
		b, wb := journal.Sort(rapid.Permutation(append(slices.Clone(some), some...)).Draw(t, "shuffled"))
		if !slices.Equal(ids(a), ids(b)) || !slices.Equal(ids(wa), ids(wb)) {
			t.Fatalf("%v/%v became %v/%v", ids(a), ids(wa), ids(b), ids(wb))
		}
	})
}

func TestOnlyWhatLacksAnAncestorWaits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := drawHistory(t)
		var held []journal.Node
		for _, n := range nodes {
			if rapid.IntRange(0, 4).Draw(t, "arrived") > 0 {
				held = append(held, n)
			}
		}
		ordered, waiting := journal.Sort(held)
		if want := ids(slowSort(held)); !slices.Equal(ids(ordered), want) {
			t.Fatalf("ordered %v, want %v", ids(ordered), want)
		}
		if len(ordered)+len(waiting) != len(held) {
			t.Fatalf("%d + %d of %d: an entry is lost", len(ordered), len(waiting), len(held))
		}
		for _, n := range waiting {
			if slices.Contains(ids(ordered), n.ID) {
				t.Fatal("an entry is both in order and waiting")
			}
		}
	})
}

func TestAncestryAndHeadsAgreeWithWalking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ordered, _ := journal.Sort(drawHistory(t))
		a := journal.NewAncestry(ordered)
		all := map[journal.ID]bool{}
		parents := map[journal.ID][]journal.ID{}
		for _, n := range ordered {
			parents[n.ID], all[n.ID] = n.Parents, true
		}
		for _, later := range ordered {
			seen := map[journal.ID]bool{}
			for todo := slices.Clone(later.Parents); len(todo) > 0; todo = todo[1:] {
				if !seen[todo[0]] {
					seen[todo[0]] = true
					todo = append(todo, parents[todo[0]]...)
				}
			}
			for _, earlier := range ordered {
				if a.Saw(later.ID, earlier.ID) != seen[earlier.ID] {
					t.Fatalf("saw(%s, %s) is not %v", later.ID.Short(), earlier.ID.Short(), seen[earlier.ID])
				}
			}
		}
		got, want := journal.Heads(ordered), slowHeads(ordered, all)
		if !slices.Equal(got, want) {
			t.Fatalf("heads %v, want %v", got, want)
		}
		if a.Saw("unknown", ordered0(ordered)) || a.Saw(ordered0(ordered), "unknown") {
			t.Fatal("nobody has seen an entry that is not there")
		}
	})
}

func ordered0(nodes []journal.Node) journal.ID {
	if len(nodes) == 0 {
		return ""
	}
	return nodes[0].ID
}

// A reversed breadth-first walk is no topological order when the branches are
// of unequal length: git-bug loses such bugs. So the lengths stand here by name.
func TestBranchesOfUnequalLengthKeepTheRootFirst(t *testing.T) {
	for _, lengths := range [][2]int{{1, 2}, {1, 3}, {4, 1}, {2, 1}, {3, 3}, {9, 1}, {0, 5}} {
		t.Run(fmt.Sprintf("%d beside %d", lengths[0], lengths[1]), func(t *testing.T) {
			// The root has the latest clock: only what was seen may decide.
			nodes := []journal.Node{{ID: "root", Clock: journal.Stamp{Millis: 99}, Replica: "a", Seq: 1}}
			tips := []journal.ID{}
			for b, length := range lengths {
				tip := journal.ID("root")
				for i := range length {
					id := journal.ID(fmt.Sprintf("branch%d-%d", b, i))
					nodes = append(nodes, journal.Node{ID: id, Parents: []journal.ID{tip}, Replica: fmt.Sprint(b), Seq: uint64(i + 2)})
					tip = id
				}
				tips = append(tips, tip)
			}
			nodes = append(nodes, journal.Node{ID: "merge", Parents: tips, Replica: "a", Seq: 2})
			slices.Reverse(nodes)
			ordered, waiting := journal.Sort(nodes)
			if len(waiting) != 0 || len(ordered) != len(nodes) || ordered[0].ID != "root" || ordered[len(ordered)-1].ID != "merge" {
				t.Fatalf("order %v, waiting %v", ids(ordered), ids(waiting))
			}
			if heads := journal.Heads(ordered); !reflect.DeepEqual(heads, []journal.ID{"merge"}) {
				t.Fatalf("heads %v", heads)
			}
		})
	}
}

func TestNodeOfTakesTheHeadsOfItsStream(t *testing.T) {
	e := write(t, goldens()["two-streams-two-parts"])
	n := journal.NodeOf(e, "case:0123456789abcdef0123456789abcdef")
	if !slices.Equal(n.Parents, []journal.ID{idA, idB}) || n.ID != e.ID || n.Seq != 42 || n.Replica != e.ReplicaID() {
		t.Fatalf("%+v", n)
	}
	if n := journal.NodeOf(e, "message:1"); len(n.Parents) != 0 {
		t.Fatalf("the other stream has no heads: %+v", n)
	}
}
