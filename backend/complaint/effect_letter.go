package complaint

import "time"

// LetterIssued records a letter that took its number and left the desk. What
// was printed stays as it was: the PDF is a blob, the number never changes.
type LetterIssued struct {
	ID       string         `json:"id"` // random
	Kind     string         `json:"kind"`
	Label    string         `json:"label"`
	Number   string         `json:"number"`
	Date     string         `json:"date"` // 成文日期
	Template string         `json:"template"`
	Version  string         `json:"version"`
	Hash     string         `json:"hash,omitempty"`   // of the template's file
	Remedy   map[string]any `json:"remedy,omitempty"` // which paragraph, body, court, confirmed by (domain E3.6)
	Blob     BlobRef        `json:"blob"`
	SHA256   string         `json:"sha256"` // of the PDF; inside the sealed part, never in clear
	Pages    int            `json:"pages,omitempty"`
	Serial   *Serial        `json:"serial,omitempty"`
	Marks    string         `json:"marks,omitempty"` // mark set by issuing, from the regime
}

// BlobRef names an encrypted file and opens it.
type BlobRef struct {
	Hash string `json:"hash"` // SHA-256 of the ciphertext
	Key  []byte `json:"key"`
	Size int64  `json:"size"`
}

// Do implements Effect.
func (*LetterIssued) Do() string { return "letter_issued" }

func (e *LetterIssued) check() error {
	return need(e.ID != "" && e.Kind != "" && len(e.Number) <= 200, "letter_issued")
}

// apply adds the letter. Said again by the identity part of the same act it
// only brings the key of the file.
func (e *LetterIssued) apply(c *Case, by *applied) {
	if l := c.letter(e.ID); l != nil {
		if l.Act == string(by.id) && len(l.Blob.Key) == 0 {
			l.Blob = e.Blob
		}
		return
	}
	c.Letters = append(c.Letters, Letter{LetterIssued: *e, At: by.act.At, By: by.act.Officer.Name, Act: string(by.id)})
	if e.Marks != "" {
		c.Marks[e.Marks] = append(c.Marks[e.Marks], Moment{At: by.act.At, Act: string(by.id)})
	}
}

func (e *LetterIssued) line() string { return "签发《" + e.Label + "》 " + e.Number }

// LetterVoided takes a letter back; its number is never used again.
type LetterVoided struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// Do implements Effect.
func (*LetterVoided) Do() string { return "letter_voided" }

func (e *LetterVoided) check() error { return need(e.ID != "" && e.Reason != "", "letter_voided") }

func (e *LetterVoided) apply(c *Case, _ *applied) {
	if l := c.letter(e.ID); l != nil {
		l.Voided, l.VoidReason = true, e.Reason
	}
}

func (e *LetterVoided) line() string { return "文书作废：" + e.Reason }

// LetterDelivered records that a letter reached its addressee (送达), or that
// the person was told in another way (ID empty).
type LetterDelivered struct {
	ID   string    `json:"id,omitempty"`
	Kind string    `json:"kind,omitempty"`
	To   string    `json:"to,omitempty"`
	Way  string    `json:"way"`
	At   time.Time `json:"at"`
	Note string    `json:"note,omitempty"`
}

// Do implements Effect.
func (*LetterDelivered) Do() string { return "letter_delivered" }

func (e *LetterDelivered) check() error {
	return need((e.ID != "" || e.Kind != "") && !e.At.IsZero(), "letter_delivered")
}

func (e *LetterDelivered) apply(c *Case, _ *applied) {
	for i := len(c.Letters) - 1; i >= 0; i-- {
		l := &c.Letters[i]
		if l.ID == e.ID || e.ID == "" && l.Kind == e.Kind && !l.Voided {
			l.Delivered, l.Way = e.At, e.Way
			return
		}
	}
}

func (e *LetterDelivered) line() string { return "送达：" + e.Way }
