package casebook

import (
	"encoding/hex"

	"jiesu/backend/complaint"
	"jiesu/backend/store"
)

const (
	saidSame  = 's'
	protected = 'p'
)

// personFlag marks the cases that person cards are made of.
func personFlag(c *complaint.Case) []byte {
	switch {
	case c.Protected:
		return []byte{protected}
	case len(c.Persons) > 0:
		return []byte{saidSame}
	}
	return nil
}

// Persons names the cases whose complainant was said to be that of others, or
// not to be, and of the protected ones, where only those who may see the person
// may read it, all.
func (b *Book) Persons() (said, closed []string, err error) {
	err = b.read(func(t *store.Txn) error {
		said, closed = nil, nil
		return t.Scan([]byte{prefixPerson}, store.ScanOptions{}, func(k, v []byte) error {
			id := hex.EncodeToString(k[1:])
			if len(v) == 1 && v[0] == protected {
				closed = append(closed, id)
			} else {
				said = append(said, id)
			}
			return nil
		})
	})
	return said, closed, err
}
