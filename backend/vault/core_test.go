//go:build unix

package vault_test

import (
	"syscall"
	"testing"

	"jiesu/backend/vault"
)

func TestNoCoreIsDumped(t *testing.T) {
	vault.NoCoreDumps()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &limit); err != nil || limit.Cur != 0 || limit.Max != 0 {
		t.Fatalf("core limit %+v %v", limit, err)
	}
}
