package app

import (
	"time"
)

const exchangeEvery = 15 * time.Second

// exchange visits the shared folder again and again while the window is open.
// Being offline is no error: the desk says so in its status.
func (p *program) exchange(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-p.ctx.Done():
			return
		case <-ticker.C:
			if err := p.exchangeOnce(); err != nil {
				p.log.failure("exchange", err)
			}
		}
	}
}

func (p *program) exchangeOnce() (err error) {
	defer guard(&err)
	d, err := p.desk()
	if err != nil {
		return nil
	}
	status, err := d.ShareStatus(p.ctx)
	if err != nil || status.State == "off" || status.State == "" {
		return nil // a closed desk has no status; it is not worth a line every quarter of a minute
	}
	if _, err := d.ShareSync(p.ctx); err != nil {
		p.emit("changed", changed{Kind: "share", IDs: []string{}})
	}
	return nil
}
