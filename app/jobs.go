package app

import (
	"context"
	"sync"

	"jiesu/backend/fault"
)

// jobs runs what takes longer than a glance. A bound method cannot be
// cancelled, so it starts a job, answers with its id, and the job tells its
// progress and end by events.
type jobs struct {
	ctx   context.Context
	emit  func(name string, data any)
	shown func(error) any

	mu      sync.Mutex
	running map[string]context.CancelFunc
	all     sync.WaitGroup
}

func newJobs(ctx context.Context, emit func(string, any), shown func(error) any) *jobs {
	return &jobs{ctx: ctx, emit: emit, shown: shown, running: map[string]context.CancelFunc{}}
}

// jobProgress and jobDone are the events job.progress and job.done.
type jobProgress struct {
	Job   string `json:"job"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
}

type jobDone struct {
	Job    string `json:"job"`
	Error  any    `json:"error"` // the JSON text of an error, or empty
	Result any    `json:"result"`
}

var errCancelled = fault.New(fault.Retry, "cancelled", "已取消", "")

// start runs work and answers with its id at once.
func (j *jobs) start(work func(ctx context.Context, progress func(done, total int)) (any, error)) string {
	id := newID() + newID()
	ctx, cancel := context.WithCancel(j.ctx)
	j.mu.Lock()
	j.running[id] = cancel
	j.mu.Unlock()
	j.all.Go(func() {
		result, err := j.run(ctx, id, work)
		if err != nil && ctx.Err() != nil {
			err = errCancelled.Wrap(err)
		}
		j.cancel(id)
		done := jobDone{Job: id, Error: "", Result: result}
		if err != nil {
			done.Error, done.Result = j.shown(err), nil
		}
		j.emit("job.done", done)
	})
	return id
}

func (j *jobs) run(ctx context.Context, id string, work func(context.Context, func(int, int)) (any, error)) (result any, err error) {
	defer guard(&err)
	return work(ctx, func(done, total int) {
		j.emit("job.progress", jobProgress{Job: id, Done: done, Total: total})
	})
}

// cancel ends a job; one that has ended already is no error.
func (j *jobs) cancel(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if cancel, ok := j.running[id]; ok {
		cancel()
		delete(j.running, id)
	}
}

func (j *jobs) wait() { j.all.Wait() }

// Jobs lets a page end a job.
type Jobs struct{ *program }

// Cancel ends a job that Start… began.
func (b *Jobs) Cancel(job string) { b.jobs.cancel(job) }
