package casebook

import "sync"

// Change tells what became different.
type Change struct {
	Cases    []string
	Messages []string
	Office   bool
}

type listeners struct {
	mu   sync.Mutex
	next int
	fns  map[int]func(Change)
}

// Subscribe calls fn after every change, until cancelled. fn must be quick and
// must not call the book.
func (b *Book) Subscribe(fn func(Change)) (cancel func()) {
	l := &b.listeners
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fns == nil {
		l.fns = map[int]func(Change){}
	}
	id := l.next
	l.next++
	l.fns[id] = fn
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.fns, id)
	}
}

func (b *Book) tell(c *changed) {
	l := &b.listeners
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, fn := range l.fns {
		fn(Change{Cases: sortedKeys(c.cases), Messages: sortedKeys(c.messages), Office: c.office})
	}
}
