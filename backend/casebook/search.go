package casebook

import (
	"context"

	"jiesu/backend/store"
	"jiesu/backend/view"
)

// maxIndexed limits the text of one case that is searched.
const maxIndexed = 150 << 10

func (b *Book) openIndex(ctx context.Context) (err error) {
	b.index, err = store.OpenIndex(ctx, b.db, b.textOf)
	return err
}

func (b *Book) textOf(doc uint32) (text string, err error) {
	err = b.db.View(func(t *store.Txn) error {
		raw, _, err := t.Get(textKey(doc))
		text = string(raw)
		return err
	})
	return text, err
}

func (b *Book) indexText(t *store.Txn, doc uint32, text string) error {
	if len(text) > maxIndexed {
		text = text[:maxIndexed]
	}
	old, found, err := t.Get(textKey(doc))
	if err != nil || found && string(old) == text {
		return err
	}
	if err := t.Set(textKey(doc), []byte(text)); err != nil {
		return err
	}
	return b.index.Put(t, doc, text)
}

// maintain keeps the index's memory small; it runs beside other work.
func (b *Book) maintain(ctx context.Context) error {
	if !b.index.NeedsWork() {
		return nil
	}
	return b.index.Maintain(ctx)
}

// upkeep does the index's work beside the officer's; b.mu is held. One runs at
// a time, and unload waits for it.
func (b *Book) upkeep() {
	index := b.index
	if !index.NeedsWork() || !b.upkeeping.CompareAndSwap(false, true) {
		return
	}
	b.background.Add(1)
	go func() {
		defer b.background.Done()
		defer b.upkeeping.Store(false)
		if err := index.Maintain(context.Background()); err != nil {
			b.opts.Log("index: " + err.Error()) // it is tried again with the next act
		}
	}()
}

// Find gives the documents whose text holds every word, newest first.
func (b *Book) Find(ctx context.Context, words string, limit int) ([]uint32, error) {
	folded := view.Fold(words)
	b.state.RLock()
	index := b.index
	b.state.RUnlock()
	if index == nil {
		return nil, errClosed
	}
	var verify func(doc uint32) bool
	if !store.Exact(folded) {
		verify = func(doc uint32) bool {
			text, err := b.textOf(doc)
			return err == nil && view.HasWords(text, folded)
		}
	}
	docs, _, err := index.Search(ctx, folded, limit, verify)
	return docs, err
}
