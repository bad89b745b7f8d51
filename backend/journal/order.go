package journal

import "container/heap"

// Node is an entry as far as ordering needs it.
type Node struct {
	ID      ID
	Parents []ID // heads its author saw of the stream
	Clock   Stamp
	Replica string
	Seq     uint64
}

// NodeOf is the entry's place in a stream.
func NodeOf(e *Entry, stream string) Node {
	heads, _ := e.Heads(stream)
	return Node{ID: e.ID, Parents: heads, Clock: e.Clock, Replica: e.ReplicaID(), Seq: e.Seq}
}

func (n Node) before(o Node) bool {
	if n.Clock != o.Clock {
		return n.Clock.Less(o.Clock)
	}
	if n.Replica != o.Replica {
		return n.Replica < o.Replica
	}
	if n.Seq != o.Seq {
		return n.Seq < o.Seq
	}
	return n.ID < o.ID
}

type ready []Node

func (r ready) Len() int           { return len(r) }
func (r ready) Less(i, j int) bool { return r[i].before(r[j]) }
func (r ready) Swap(i, j int)      { r[i], r[j] = r[j], r[i] }
func (r *ready) Push(x any)        { *r = append(*r, x.(Node)) }
func (r *ready) Pop() any          { old := *r; n := old[len(old)-1]; *r = old[:len(old)-1]; return n }

// Sort orders the nodes of one stream: after everything seen, then by clock,
// replica and number. Nodes that wait for a parent nobody has yet, and all
// that follow them, come back apart. The result does not depend on the order
// of the input; duplicates count once.
func Sort(nodes []Node) (ordered, waiting []Node) {
	byID := make(map[ID]Node, len(nodes))
	for _, n := range nodes {
		byID[n.ID] = n
	}
	children := map[ID][]ID{}
	open := make(map[ID]int, len(byID))
	var queue ready
	for id, n := range byID {
		parents := distinct(n.Parents)
		open[id] = len(parents)
		for _, p := range parents {
			children[p] = append(children[p], id)
		}
		if len(parents) == 0 {
			queue = append(queue, n)
		}
	}
	heap.Init(&queue)
	for queue.Len() > 0 {
		n := heap.Pop(&queue).(Node)
		ordered = append(ordered, n)
		delete(open, n.ID)
		for _, c := range children[n.ID] {
			if open[c]--; open[c] == 0 {
				heap.Push(&queue, byID[c])
			}
		}
	}
	for id := range open {
		waiting = append(waiting, byID[id])
	}
	sortNodes(waiting)
	return ordered, waiting
}

func sortNodes(nodes []Node) {
	r := ready(nodes)
	heap.Init(&r)
	out := make([]Node, 0, len(nodes))
	for r.Len() > 0 {
		out = append(out, heap.Pop(&r).(Node))
	}
	copy(nodes, out)
}

func distinct(ids []ID) []ID {
	var out []ID
	for i, id := range ids {
		dup := false
		for _, o := range ids[:i] {
			dup = dup || o == id
		}
		if !dup {
			out = append(out, id)
		}
	}
	return out
}

// Heads are the ordered nodes nobody else has named as seen.
func Heads(ordered []Node) []ID {
	seen := map[ID]bool{}
	for _, n := range ordered {
		for _, p := range n.Parents {
			seen[p] = true
		}
	}
	var heads []ID
	for _, n := range ordered {
		if !seen[n.ID] {
			heads = append(heads, n.ID)
		}
	}
	return heads
}

// Ancestry answers whether one entry had seen another, within one stream.
type Ancestry struct {
	index map[ID]int
	sets  [][]uint64
}

// NewAncestry prepares the answers for nodes in the order Sort gives.
func NewAncestry(ordered []Node) *Ancestry {
	a := &Ancestry{index: make(map[ID]int, len(ordered)), sets: make([][]uint64, len(ordered))}
	words := (len(ordered) + 63) / 64
	for i, n := range ordered {
		set := make([]uint64, words)
		for _, p := range n.Parents {
			j, ok := a.index[p]
			if !ok {
				continue
			}
			set[j/64] |= 1 << (j % 64)
			for w, bits := range a.sets[j] {
				set[w] |= bits
			}
		}
		a.sets[i] = set
		a.index[n.ID] = i
	}
	return a
}

// Saw reports whether the author of later had seen earlier.
func (a *Ancestry) Saw(later, earlier ID) bool {
	i, ok := a.index[later]
	j, ok2 := a.index[earlier]
	return ok && ok2 && a.sets[i][j/64]&(1<<(j%64)) != 0
}
