package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"jiesu/backend/fault"
)

func TestOf(t *testing.T) {
	locked := fault.New(fault.Retry, "data-locked", "数据文件夹正在使用", "请先关闭另一个窗口")
	tests := []struct {
		name string
		err  error
		code string
		exit int
	}{
		{"a fault stays itself", locked, "data-locked", 3},
		{"a wrapped fault is found", fmt.Errorf("open: %w", locked.Wrap(io.EOF)), "data-locked", 3},
		{"anything else is internal", io.ErrUnexpectedEOF, "internal", 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := fault.Of(tt.err)
			if f.Code != tt.code || f.Kind.ExitCode() != tt.exit || f.Message == "" {
				t.Fatalf("got %q exit %d, want %q exit %d", f.Code, f.Kind.ExitCode(), tt.code, tt.exit)
			}
		})
	}
	if fault.Of(nil) != nil {
		t.Fatal("no error must give no fault")
	}
	if !errors.Is(locked.Wrap(io.EOF), io.EOF) || !errors.Is(locked.At("x"), locked) {
		t.Fatal("cause or code is lost")
	}
}
