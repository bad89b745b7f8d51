package journalfile

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"
)

const childEnv = "JOURNALFILE_TEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		child(dir)
		return
	}
	os.Exit(m.Run())
}

// child appends for ever and prints the number of every record acknowledged.
func child(dir string) {
	l, _, err := Open(context.Background(), dir, testKey, Options{FileSize: 64 << 10})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	for i := l.Head().Count; ; i++ {
		if _, err := l.Append(payload(int(i))); err != nil {
			os.Exit(1)
		}
		fmt.Println(i)
	}
}

// TestKillNine kills a writing process at random moments: every number it
// printed must be in the log.
func TestKillNine(t *testing.T) {
	dir, acked := t.TempDir(), -1
	for round := range 12 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(20+rand.IntN(150))*time.Millisecond, func() { cmd.Process.Kill() })
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			n, err := strconv.Atoi(lines.Text())
			if err != nil {
				continue // the last line may be torn
			}
			acked = n
		}
		cmd.Wait()
		l, report := open(t, dir, Options{FileSize: 64 << 10})
		found := contents(t, l)
		l.Close()
		if !report.Whole() || len(found) <= acked {
			t.Fatalf("round %d: acked %d, found %d, %+v", round, acked, len(found), report)
		}
		for i, n := range found {
			if i != n {
				t.Fatalf("round %d: record %d holds %d", round, i, n)
			}
		}
	}
	if acked < 100 {
		t.Fatalf("the child wrote only %d records; the test proves nothing", acked)
	}
	t.Logf("%d records acknowledged over 12 kills", acked+1)
}
