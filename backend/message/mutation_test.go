package message_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jiesu/backend/message"
)

// TestMutated reads thousands of damaged mails: cut, doubled, spliced and with
// bytes turned. None may panic inside, none may take long.
func TestMutated(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.eml")
	var mails [][]byte
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		mails = append(mails, b)
	}
	r := rand.New(rand.NewPCG(3, 3672))
	for i := range 4000 {
		mail := mutate(r, mails)
		start := time.Now()
		m := message.ParseBytes(t.Context(), mail)
		if has(m, "panic") || time.Since(start) > 2*time.Second {
			t.Fatalf("mutation %d took %v, warnings %v:\n%q", i, time.Since(start), m.Warnings, mail)
		}
	}
}

// hostile are the bytes that mean something in a mail, and some that never do.
const hostile = "\n\r:;=?\"\\-<>\x00\xff\xc0% "

func mutate(r *rand.Rand, mails [][]byte) []byte {
	mail := append([]byte(nil), mails[r.IntN(len(mails))]...)
	for range 1 + r.IntN(4) {
		at := r.IntN(len(mail) + 1)
		switch r.IntN(4) {
		case 0:
			mail = mail[:at]
		case 1:
			other := mails[r.IntN(len(mails))]
			mail = append(mail[:at:at], other[r.IntN(len(other)):]...)
		case 2:
			mail = append(mail[:at:at], mail[at/2:]...)
		default:
			for range 1 + r.IntN(8) {
				if len(mail) > 0 {
					mail[r.IntN(len(mail))] = hostile[r.IntN(len(hostile))]
				}
			}
		}
	}
	return mail
}
