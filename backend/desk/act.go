package desk

import (
	"context"
	"io"
	"mime"
	"path/filepath"
	"slices"

	"crypto/sha256"
	"encoding/hex"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/journal"
)

// MaxAttachment is the largest file a case takes.
const MaxAttachment = 200 << 20

// Act does an action of the rulebook to a case.
func (d *Desk) Act(ctx context.Context, in ActInput) (Change, error) {
	o, err := d.change(ctx, in.Case)
	if err != nil {
		return Change{}, err
	}
	at, err := readMoment(in.At, "at")
	if err != nil {
		return Change{}, err
	}
	values, err := d.storeFiles(ctx, o, in.Action, in.Fields)
	if err != nil {
		return Change{}, err
	}
	act, err := complaint.Decide(o.c, d.env(o.book, o.me, o.regime, o.c), complaint.Command{Action: in.Action, Track: in.Track, At: at, Values: values, Reason: in.Reason})
	if err != nil {
		return Change{}, err
	}
	change, err := d.append(ctx, o, act, in.Seen)
	if err == nil {
		d.dropDraft(ctx, o.book, in.Draft)
	}
	return change, err
}

// change opens a case for somebody who may act.
func (d *Desk) change(ctx context.Context, number string) (opened, error) {
	if _, _, err := d.writable(ctx); err != nil {
		return opened{}, err
	}
	return d.openCase(number)
}

// append saves an act on the case and says what it changed.
func (d *Desk) append(ctx context.Context, o opened, act *complaint.Act, seen []string) (Change, error) {
	if o.c.Protected {
		act.Protect(o.regime, o.c)
	}
	w := casebook.CaseWrite{ID: o.c.ID, Act: act, Seen: o.c.Heads}
	if len(seen) > 0 {
		w.Seen = nil
		for _, s := range seen {
			if !has(o.c, journal.ID(s)) { // it would wait for ever for what nobody wrote
				return Change{}, fault.New(fault.Refused, "seen-unknown", "屏幕上的内容与本案记录对不上", "请刷新后重新办理")
			}
			w.Seen = append(w.Seen, journal.ID(s))
		}
	}
	return d.save(ctx, o, casebook.Write{Cases: []casebook.CaseWrite{w}})
}

func has(c *complaint.Case, act journal.ID) bool {
	return slices.Contains(c.Heads, act) || slices.ContainsFunc(c.History, func(s complaint.Step) bool { return s.Act == act })
}

func (d *Desk) save(ctx context.Context, o opened, w casebook.Write) (Change, error) {
	entry, err := o.book.Append(ctx, w)
	if err != nil {
		return Change{}, err
	}
	row, err := o.book.Row(o.c.ID)
	if err != nil {
		return Change{}, err
	}
	act := w.Cases[0].Act
	line := act.Label
	if c, err := o.book.Case(o.c.ID); err == nil {
		for _, s := range c.History {
			if s.Act == entry && s.Line != "" {
				line = s.Label + "：" + s.Line
			}
		}
	}
	return Change{Act: string(entry), Line: line, Row: caseRow(o.book, row, d.o.Now()), Reversible: act.Reversible}, nil
}

// storeFiles turns the paths of a form's file fields into kept attachments.
func (d *Desk) storeFiles(ctx context.Context, o opened, action string, in map[string]any) (map[string]any, error) {
	a, ok := o.regime.Action(action)
	if !ok {
		return in, nil
	}
	out := map[string]any{}
	for k, v := range in {
		out[k] = v
	}
	for _, use := range a.Fields {
		def, ok := o.regime.FieldDef(use.ID)
		m, isMap := out[use.ID].(map[string]any)
		if !ok || def.Type != field.File || !isMap {
			continue
		}
		path, _ := m["path"].(string)
		row, err := d.keepFile(ctx, o.book, path)
		if err != nil {
			return nil, err
		}
		out[use.ID] = row
	}
	return out, nil
}

func (d *Desk) keepFile(ctx context.Context, book *casebook.Book, path string) (map[string]any, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return keep(ctx, book, filepath.Base(path), f)
}

// keep stores a file's bytes and gives the row that refers to them.
func keep(ctx context.Context, book *casebook.Book, name string, r io.Reader) (map[string]any, error) {
	sum := sha256.New()
	ref, err := book.PutBlob(ctx, io.TeeReader(r, sum), MaxAttachment)
	if err != nil {
		return nil, err
	}
	kind := mime.TypeByExtension(filepath.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	blob, err := asMap(ref)
	if err != nil {
		return nil, err
	}
	return map[string]any{"name": name, "type": kind, "size": float64(ref.Size), "sha256": hex.EncodeToString(sum.Sum(nil)), "blob": blob}, nil
}

// Attach adds a file to a case.
func (d *Desk) Attach(ctx context.Context, number, name string, r io.Reader) (Change, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	row, err := keep(ctx, o.book, filepath.Base(name), r)
	if err != nil {
		return Change{}, err
	}
	return d.attach(ctx, number, row)
}

// attach adds a kept file to a case.
func (d *Desk) attach(ctx context.Context, number string, row map[string]any) (Change, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	act := complaint.Simple(d.env(o.book, o.me, o.regime, o.c), complaint.AttachAction, "添加材料", "",
		&complaint.Add{Field: complaint.AttachmentsField, ID: o.book.ID(), Row: row})
	act.Reversible = true
	return d.append(ctx, o, act, nil)
}

// Attachment opens a file of a case.
func (d *Desk) Attachment(ctx context.Context, number, id string) (AttachmentRow, io.ReadCloser, error) {
	o, err := d.openCase(number)
	if err != nil {
		return AttachmentRow{}, nil, err
	}
	for _, row := range attachmentRows(o.book, o.c) {
		if row.ID != id {
			continue
		}
		for _, r := range o.c.Rows[complaint.AttachmentsField] {
			if ref, ok := casebook.RowBlob(r.Values); ok && r.ID == id {
				if len(ref.Key) == 0 {
					return row, nil, errHiddenFile
				}
				if err := d.lookAt(ctx, o, "材料"); err != nil {
					return row, nil, err
				}
				rc, err := d.openBlob(ctx, o.book, ref)
				return row, rc, err
			}
		}
	}
	return AttachmentRow{}, nil, fault.New(fault.NotFound, "attachment-not-found", "没有这份材料", "请刷新后重试")
}

// Note appends a remark.
func (d *Desk) Note(ctx context.Context, number, text string) (Change, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	act, err := complaint.DecideNote(d.env(o.book, o.me, o.regime, o.c), text)
	if err != nil {
		return Change{}, err
	}
	return d.append(ctx, o, act, nil)
}

// Edit corrects descriptive fields.
func (d *Desk) Edit(ctx context.Context, number string, fields map[string]any, reason string) (Change, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	act, err := complaint.DecideEdit(o.c, d.env(o.book, o.me, o.regime, o.c), fields, reason)
	if err != nil {
		return Change{}, err
	}
	return d.append(ctx, o, act, nil)
}

// Undo takes one act back.
func (d *Desk) Undo(ctx context.Context, number, entry string) (Change, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	id := journal.ID(entry)
	act, err := complaint.DecideUndo(o.c, d.env(o.book, o.me, o.regime, o.c), id)
	if err != nil {
		return Change{}, err
	}
	w := casebook.Write{Cases: []casebook.CaseWrite{{ID: o.c.ID, Act: act, Seen: o.c.Heads}}}
	for _, l := range o.c.Links { // what joined two cases is taken back in both
		other, err := d.openCase(l.Case)
		if err != nil || !slices.ContainsFunc(other.c.History, func(s complaint.Step) bool { return s.Act == id && s.Dropped == "" }) {
			continue
		}
		act, err := complaint.DecideUndo(other.c, d.env(o.book, o.me, other.regime, other.c), id)
		if err != nil {
			return Change{}, err
		}
		w.Cases = append(w.Cases, casebook.CaseWrite{ID: other.c.ID, Act: act, Seen: other.c.Heads})
	}
	return d.save(ctx, o, w)
}
