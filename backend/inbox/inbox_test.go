package inbox_test

import (
	"math/rand"
	"testing"

	"jiesu/backend/inbox"
	"jiesu/backend/journal"
)

func entry(id string, ms int64, parents []journal.ID, a inbox.Act) inbox.Entry {
	return inbox.Entry{Node: journal.Node{ID: journal.ID(id), Clock: journal.Stamp{Millis: ms}, Replica: id[:1], Parents: parents}, Act: &a}
}

func received(uid uint32) inbox.Act {
	return inbox.Act{Do: "received", Received: &inbox.Received{SHA256: "x", UID: uid, Subject: "投诉"}}
}

func TestFold(t *testing.T) {
	tests := []struct {
		name    string
		entries []inbox.Entry
		state   string
		kase    string
		others  int
	}{
		{"just received", []inbox.Entry{entry("a1", 1, nil, received(7))}, inbox.New, "", 0},
		{"two offices read one mailbox", []inbox.Entry{entry("a1", 1, nil, received(7)), entry("b1", 2, nil, received(9))}, inbox.New, "", 0},
		{"registered", []inbox.Entry{entry("a1", 1, nil, received(7)), entry("a2", 3, []journal.ID{"a1"}, inbox.Act{Do: "registered", Case: "c1"})}, inbox.Registered, "c1", 0},
		{"registered twice, apart", []inbox.Entry{entry("a1", 1, nil, received(7)), entry("a2", 3, []journal.ID{"a1"}, inbox.Act{Do: "registered", Case: "c1"}),
			entry("b2", 4, []journal.ID{"a1"}, inbox.Act{Do: "registered", Case: "c2"})}, inbox.Registered, "c1", 1},
		{"a registered one is not dismissed", []inbox.Entry{entry("a1", 1, nil, received(7)), entry("a2", 3, []journal.ID{"a1"}, inbox.Act{Do: "registered", Case: "c1"}),
			entry("b2", 4, []journal.ID{"a1"}, inbox.Act{Do: "dismissed", Reason: "广告"})}, inbox.Registered, "c1", 0},
		{"dismissed and back", []inbox.Entry{entry("a1", 1, nil, received(7)), entry("a2", 3, []journal.ID{"a1"}, inbox.Act{Do: "dismissed", Reason: "广告"}),
			entry("a3", 4, []journal.ID{"a2"}, inbox.Act{Do: "reopened"})}, inbox.New, "", 0},
		{"what cannot be read", []inbox.Entry{entry("a1", 1, nil, inbox.Act{Do: "received", Received: &inbox.Received{SHA256: "x", Broken: true}})}, inbox.Unreadable, "", 0},
		{"an act of a newer program", []inbox.Entry{entry("a1", 1, nil, received(7)), entry("a2", 2, nil, inbox.Act{Do: "later"})}, inbox.New, "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 10 {
				rand.Shuffle(len(tt.entries), func(i, j int) { tt.entries[i], tt.entries[j] = tt.entries[j], tt.entries[i] })
				m := inbox.Fold("m", tt.entries)
				if m.State != tt.state || m.Case != tt.kase || len(m.Others) != tt.others {
					t.Fatalf("state %q case %q others %v", m.State, m.Case, m.Others)
				}
			}
		})
	}
}
