package cli

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/trial"
)

// A stream of answers is read in batches of whole lines, judged on all cores and written in the order of reading. The
// batches go round in a ring of fixed size, so that memory does not grow with the stream, and a batch is no more than what
// one read brings, so that an answer typed by hand or by a slow program gets its grade at once.

const (
	batchSize = 64 << 10             // bytes asked of one read
	mostLine  = 6*mostAnswer + 1<<20 // of an answer in which every byte is an escape
	keepBytes = 1 << 20              // a larger buffer is not kept for the next batch
)

// batch is some whole lines on their way through the ring.
type batch struct {
	in, out  []byte
	tooLong  bool // the batch is the beginning of one line longer than mostLine
	requests []parsed
	lines    int
	bad      int           // lines that got an error
	done     chan struct{} // receives when out is complete
}

// stream is the state of one grade --jsonl.
type stream struct {
	bank    *bank.Bank
	try     func(*bank.Item, []grade.Answer) trial.Result
	prompts sync.Map // by id: func() (*judging, error)
	work    chan *batch
	order   chan *batch // as read
	free    chan *batch
	readErr error // valid once order is closed
}

func (a *App) gradeLines(b *bank.Bank) error {
	workers := runtime.GOMAXPROCS(0)
	ring := 2*workers + 1
	s := &stream{bank: b, try: a.tried, work: make(chan *batch, ring), order: make(chan *batch, ring), free: make(chan *batch, ring)}
	for range ring {
		s.free <- &batch{done: make(chan struct{}, 1)}
	}
	go s.read(a.In)
	for range workers {
		go s.judge()
	}
	lines, bad := 0, 0
	for b := range s.order {
		<-b.done
		if _, err := a.Out.Write(b.out); err != nil {
			return fmt.Errorf("cannot write to standard output: %w", err)
		}
		lines, bad = lines+b.lines, bad+b.bad
		s.free <- b.recycled()
	}
	switch {
	case s.readErr != nil:
		return fmt.Errorf("cannot read standard input: %w", plainCause(s.readErr))
	case bad > 0:
		return failed("", "%d of %s could not be graded", bad, counted(lines, "line"))
	}
	return nil
}

func (b *batch) recycled() *batch {
	in, out := b.in, b.out
	if cap(in) > keepBytes {
		in = nil
	}
	if cap(out) > keepBytes {
		out = nil
	}
	clear(b.requests) // lets go of the answers
	return &batch{in: in[:0], out: out[:0], requests: b.requests[:0], done: b.done}
}

// read fills batches until the input ends. rest is the beginning of a line whose end was not read yet.
func (s *stream) read(r io.Reader) {
	defer close(s.order)
	defer close(s.work)
	var rest []byte
	for b := range s.free {
		b.in = append(b.in, rest...)
		var err error
		rest, err = b.fill(r, rest[:0])
		if len(b.in) > 0 {
			s.order <- b
			s.work <- b
		}
		if err != nil {
			if err != io.EOF {
				s.readErr = err
			}
			return
		}
	}
}

// fill reads at least to the end of the line that is begun in b.in, and moves what stands after the last line end to rest.
// An error is returned only where no line ends: the next read will meet it again.
func (b *batch) fill(r io.Reader, rest []byte) ([]byte, error) {
	var err error
	for from := 0; ; {
		if end := bytes.LastIndexByte(b.in[from:], '\n'); end >= 0 {
			rest = append(rest, b.in[from+end+1:]...)
			b.in = b.in[:from+end+1]
			return rest, nil
		}
		switch {
		case err != nil:
			return rest, err
		case len(b.in) > mostLine:
			b.tooLong = true
			return skipLine(r, rest)
		}
		from = len(b.in)
		b.in = grown(b.in)
		var n int
		n, err = r.Read(b.in[from:min(cap(b.in), from+batchSize)])
		b.in = b.in[:from+n]
	}
}

// grown makes room for one read; a long line doubles it.
func grown(in []byte) []byte {
	if cap(in)-len(in) >= batchSize/2 {
		return in
	}
	return append(make([]byte, 0, max(batchSize, 2*cap(in))), in...)
}

// skipLine reads to the end of the line and keeps what stands after it.
func skipLine(r io.Reader, rest []byte) ([]byte, error) {
	buf := make([]byte, batchSize)
	for {
		n, err := r.Read(buf)
		if end := bytes.IndexByte(buf[:n], '\n'); end >= 0 {
			return append(rest, buf[end+1:n]...), nil
		}
		if err != nil {
			return rest, err
		}
	}
}

// judge works through batches until there are no more.
func (s *stream) judge() {
	var last reference
	for b := range s.work {
		b.parse()
		for i := range b.requests {
			s.line(b, &b.requests[i], &last)
		}
		b.done <- struct{}{}
	}
}

// parsed is a line, or what is wrong with it.
type parsed struct {
	request
	err error
}

// parse reads the lines of a batch.
func (b *batch) parse() {
	for line := range bytes.Lines(b.in) {
		if line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte(byteOrderMark))); len(line) == 0 {
			continue
		}
		var p parsed
		if b.tooLong {
			p.ID, _ = echo(idOf(line))
			p.err = fmt.Errorf("line longer than %d MB", mostLine>>20)
		} else {
			p.request, p.err = parseRequest(line)
		}
		b.requests = append(b.requests, p)
	}
	b.lines = len(b.requests)
}

// answers are those of the batch to one prompt.
func (b *batch) answers(prompt string) (texts []string) {
	for i := range b.requests {
		if r := &b.requests[i]; r.err == nil && r.Prompt != nil && *r.Prompt == prompt {
			texts = append(texts, *r.Answer)
		}
	}
	return texts
}

func (s *stream) line(b *batch, r *parsed, last *reference) {
	if r.err != nil {
		b.fail(r.ID, r.err)
		return
	}
	var g grade.Grade
	if r.Prompt == nil {
		g = last.grade(&r.request)
	} else {
		j, err := s.prompt(*r.Prompt, b)
		if err == nil {
			err = j.refuse(*r.Answer)
		}
		if err != nil {
			b.fail(r.ID, err)
			return
		}
		g = j.grade(*r.Answer)
	}
	b.out = append(appendResult(b.out, r.ID, &g), '\n')
}

// reference is the model answer of the last line: many answers to one question mostly stand together.
type reference struct {
	question string
	models   []string
	compiled *grade.Reference
}

// grade holds an answer against the model answers of its line.
func (f *reference) grade(r *request) grade.Grade {
	question, models := "", r.models()
	if r.Question != nil {
		question = *r.Question
	}
	if f.compiled == nil || f.question != question || !slices.Equal(f.models, models) {
		*f = reference{question, models, grade.CompileReference(question, models...)}
	}
	return clauseGrade(f.compiled.Grade(*r.Answer))
}

func (b *batch) fail(id []byte, err error) {
	b.bad++
	b.out = appendError(b.out, id, err)
}

// prompt compiles each prompt once, for the batch that names it first and for all others. Ids that lead nowhere are not kept: there may be any number of them.
func (s *stream) prompt(id string, b *batch) (*judging, error) {
	once, known := s.prompts.Load(id)
	if !known {
		once, _ = s.prompts.LoadOrStore(id, sync.OnceValues(func() (*judging, error) {
			j, err := compiledFor(s.bank, id, b.answers(id))
			if j != nil {
				j.try = s.try
			}
			return j, err
		}))
	}
	j, err := once.(func() (*judging, error))()
	if err != nil {
		s.prompts.Delete(id)
	}
	return j, err
}
