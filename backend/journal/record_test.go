package journal_test

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"testing"

	"jiesu/backend/journal"
)

func TestRecordRoundTrip(t *testing.T) {
	entry := write(t, goldens()["first-of-a-replica"]).Bytes
	records := map[string]journal.Record{
		"without-grants": {Entry: entry},
		"with-grants": {Entry: entry, Keys: []journal.KeyGrant{
			{ID: "k1", Key: bytes.Repeat([]byte{7}, 32)}, {ID: "k2", Age: []byte("age-encryption.org/v1 …")}}},
	}
	for name, r := range records {
		t.Run(name, func(t *testing.T) {
			b, err := r.Encode()
			if err != nil {
				t.Fatal(err)
			}
			file := "testdata/" + name + ".record"
			if *update {
				if err := os.WriteFile(file, b, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(file); err != nil || !bytes.Equal(b, want) {
				t.Fatalf("bytes written today differ from format 0 (%v)", err)
			}
			if back, err := journal.DecodeRecord(b); err != nil || !reflect.DeepEqual(back, r) {
				t.Fatalf("%+v %v", back, err)
			}
		})
	}
}

func TestRecordLimitsAreTheSameBothWays(t *testing.T) {
	tests := []struct {
		name string
		r    journal.Record
		want error
	}{
		{"the largest entry", journal.Record{Entry: make([]byte, journal.MaxEntry)}, nil},
		{"an entry over the limit", journal.Record{Entry: make([]byte, journal.MaxEntry+1)}, journal.ErrLimit},
		{"grants over the limit", journal.Record{Keys: []journal.KeyGrant{{Age: make([]byte, journal.MaxHeader)}}}, journal.ErrLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := tt.r.Encode()
			if !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			if err != nil {
				return
			}
			if _, err := journal.DecodeRecord(b); err != nil {
				t.Fatalf("written but not read: %v", err)
			}
		})
	}
}

func TestDecodeRecordRefuses(t *testing.T) {
	tests := []struct {
		name  string
		bytes []byte
		want  error
	}{
		{"nothing", nil, journal.ErrFormat},
		{"half a length", []byte{0, 0, 0}, journal.ErrFormat},
		{"more entry than there is", []byte{0, 0, 0, 2, 'x'}, journal.ErrLimit},
		{"an entry over the limit", []byte{0xff, 0xff, 0xff, 0xff}, journal.ErrLimit},
		{"grants that are no list", []byte("\x00\x00\x00\x01x{}"), journal.ErrFormat},
		{"grants cut off", []byte("\x00\x00\x00\x01x[{\"id\":"), journal.ErrFormat},
		{"grants over the limit", append([]byte{0, 0, 0, 0}, make([]byte, journal.MaxHeader+1)...), journal.ErrLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := journal.DecodeRecord(tt.bytes); !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func FuzzDecodeRecord(f *testing.F) {
	b, err := journal.Record{Entry: []byte("entry"), Keys: []journal.KeyGrant{{ID: "k", Key: []byte{1}}}}.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("\x00\x00\x00\x01x[]"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := journal.DecodeRecord(b)
		if err != nil {
			return
		}
		again, err := r.Encode()
		if errors.Is(err, journal.ErrLimit) {
			return // JSON written anew may be longer than what was read
		}
		if err != nil {
			t.Fatal(err)
		}
		back, err := journal.DecodeRecord(again)
		if err != nil || !bytes.Equal(back.Entry, r.Entry) || len(back.Keys) != len(r.Keys) {
			t.Fatalf("%+v became %+v (%v)", r, back, err)
		}
	})
}
