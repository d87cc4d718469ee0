package cli

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/session"
	"interview/internal/trial"
)

// What a candidate wrote is run in a child process of the same binary, which has an empty environment and is killed when it
// takes too much memory or time. Neither decides a mark: who is killed is unmarked.

const (
	childVerb   = "run-trial"
	childMemory = 512 << 20 // bytes in use
	childTime   = 4 * time.Second
	childPoll   = 5 * time.Millisecond
	exitMemory  = 97
	mostFound   = 4 << 20 // bytes of one result
)

// trialChild is the hidden verb of the child: a job on each line of standard input, a result on each of standard output.
func (a *App) trialChild() *cobra.Command {
	return &cobra.Command{
		Use: childVerb, Hidden: true, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			debug.SetGCPercent(100)
			go watchMemory()
			return serveTrials(a.In, a.Out)
		},
	}
}

// watchMemory ends the process when it holds too much. It needs no limit of the system: one on addresses breaks the runtime.
func watchMemory() {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for {
		time.Sleep(childPoll)
		metrics.Read(sample)
		if sample[0].Value.Uint64()-sample[1].Value.Uint64() > childMemory {
			os.Exit(exitMemory)
		}
	}
}

// trialJob is one line for the child.
type trialJob struct {
	Setup  *bank.Trial   `json:"setup"`
	Pieces []trial.Piece `json:"pieces"`
}

// trialReply is one line of the child.
type trialReply struct {
	trial.Result
	Err string `json:"err,omitempty"` // of the setup
}

func serveTrials(in io.Reader, out io.Writer) error {
	benches := map[string]*trial.Bench{}
	lines := json.NewDecoder(in)
	for {
		var job struct {
			Setup  json.RawMessage `json:"setup"`
			Pieces []trial.Piece   `json:"pieces"`
		}
		switch err := lines.Decode(&job); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		var reply trialReply
		b, err := benches[string(job.Setup)], error(nil)
		if b == nil {
			var s trial.Setup
			if err = json.Unmarshal(job.Setup, &s); err == nil {
				b, err = trial.Prepare(s)
			}
			benches[string(job.Setup)] = b
		}
		if err != nil {
			reply.Err = err.Error()
		} else {
			reply.Result = b.Do(job.Pieces)
		}
		if err := json.NewEncoder(out).Encode(reply); err != nil {
			return err
		}
	}
}

// trier runs trials in a child that is started when the first is asked for, and again after one was killed.
type trier struct {
	mu    sync.Mutex
	child *exec.Cmd
	in    io.WriteCloser
	out   *bufio.Reader
}

// do runs a job; a child that had to be stopped gives findings without a verdict.
func (t *trier) do(setup *bank.Trial, pieces []trial.Piece) (trial.Result, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	line, err := json.Marshal(trialJob{setup, pieces})
	if err != nil {
		return trial.Result{}, err
	}
	var reply trialReply
	why := brokenOff
	for try := 0; why == brokenOff && try < 2; try++ { // one that waited may have got a signal meant for its parent
		if t.child == nil {
			if err := t.start(); err != nil {
				return trial.Result{}, fmt.Errorf("cannot start the trial: %w", err)
			}
		}
		reply, why = t.exchange(append(line, '\n'))
	}
	if why != "" {
		return trial.Stopped(pieces, why), nil
	}
	if reply.Err != "" {
		return trial.Result{}, errors.New(reply.Err)
	}
	return reply.Result, nil
}

const brokenOff = "it could not be run to its end"

func (t *trier) start() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	t.child = exec.Command(self, childVerb)
	t.child.Env = []string{"GOTRACEBACK=none"}
	if t.in, err = t.child.StdinPipe(); err != nil {
		return err
	}
	out, err := t.child.StdoutPipe()
	if err != nil {
		return err
	}
	t.out = bufio.NewReaderSize(out, 64<<10)
	if err = t.child.Start(); err != nil {
		t.child = nil
	}
	return err
}

// exchange sends a job and waits for its result; why says what stopped the child.
func (t *trier) exchange(line []byte) (reply trialReply, why string) {
	ctx, cancel := context.WithTimeout(context.Background(), childTime)
	defer cancel()
	got := make(chan error, 1)
	go func() {
		if _, err := t.in.Write(line); err != nil {
			got <- err
			return
		}
		got <- json.NewDecoder(io.LimitReader(t.out, mostFound)).Decode(&reply)
	}()
	select {
	case err := <-got:
		if err == nil {
			return reply, ""
		}
		why = "it used too much memory and was stopped"
		if t.stop() != exitMemory {
			why = brokenOff
		}
	case <-ctx.Done():
		t.stop()
		<-got
		why = "it took too long and was stopped"
	}
	return trialReply{}, why
}

// stop ends the child and returns its exit code.
func (t *trier) stop() int {
	if t.child == nil {
		return 0
	}
	t.in.Close()
	done := make(chan struct{})
	go func() { _ = t.child.Wait(); close(done) }() // the exit code is read below
	select {
	case <-done:
	case <-time.After(50 * time.Millisecond):
		_ = t.child.Process.Kill() // gone already is fine
		<-done
	}
	code := t.child.ProcessState.ExitCode()
	t.child = nil
	return code
}

// written are the answers to an item as a trial reads them: the framework says which phase is for which piece.
func written(it *bank.Item, answers []grade.Answer) []trial.Written {
	out := make([]trial.Written, len(answers))
	for i, w := range answers {
		out[i] = trial.Written{Piece: "none", Text: w.Text}
		if w.Phase == "" {
			out[i].Piece = ""
		} else if p, ok := it.Phase(w.Phase); ok && p.Piece != "" {
			out[i].Piece = p.Piece
		}
	}
	return out
}

// tried runs what answers hold of notation and code; nothing where they hold none, or the prompt has no trial.
func (a *App) tried(it *bank.Item, answers []grade.Answer) trial.Result {
	r, _ := a.triedOf(it, nil, answers, func(string) (trial.Result, bool) { return trial.Result{}, false })
	return r
}

// triedOf is tried with the digest of what was run, "" for nothing; known may have the result of one. What was given for a
// start is read too, since a base case means nothing without the relation, but nothing is found in it.
func (a *App) triedOf(it *bank.Item, given, answers []grade.Answer, known func(of string) (trial.Result, bool)) (r trial.Result, of string) {
	if !it.Prompt.Trial.Given() {
		return trial.Result{}, ""
	}
	if len(trial.Read(written(it, answers))) == 0 {
		return trial.Result{}, ""
	}
	pieces := trial.Read(written(it, slices.Concat(given, answers)))
	setup := it.Prompt.Trial
	setup.Wrong = nil
	text, err := json.Marshal(trialJob{&setup, pieces})
	if err == nil {
		sum := sha256.Sum256(text)
		of = hex.EncodeToString(sum[:8])
		if r, ok := known(of); ok {
			return r, of
		}
		r, err = a.trier.do(&setup, pieces)
		r.Findings = slices.DeleteFunc(r.Findings, func(f trial.Finding) bool { return f.Answer < len(given) })
		for i := range r.Findings {
			r.Findings[i].Answer -= len(given)
		}
	}
	if err != nil {
		a.note("the trial of %s is left out: %v", it.Prompt.ID, err)
		return trial.Result{}, ""
	}
	return r, of
}

// triedIn are the findings for the answers of a session: those that it recorded, where they are of the same.
func (a *App) triedIn(it *bank.Item, s *session.Session, inTime bool) []trial.Finding {
	r, _ := a.triedOf(it, givenTo(&s.Plan, it.Prompt.ID), s.Answers(it.Prompt.ID, inTime), func(of string) (trial.Result, bool) { return s.TriedOf(it.Prompt.ID, of) })
	return r.Findings
}

// givenTo are the earlier phases that a plan shows for a start.
func givenTo(p *session.Plan, prompt string) (answers []grade.Answer) {
	for _, g := range p.Given {
		if g.Prompt == prompt {
			answers = append(answers, grade.Answer{Phase: g.Phase, Text: g.Text})
		}
	}
	return answers
}

// setupOf is the setup of a prompt as package trial has it.
func setupOf(t *bank.Trial) (s trial.Setup, err error) {
	text, err := json.Marshal(t)
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	return s, err
}

// proveTrial holds the reference answers of a prompt's trial; all of them where full.
func proveTrial(it *bank.Item, full bool) []bank.Problem {
	if !it.Prompt.Trial.Given() {
		return nil
	}
	s, err := setupOf(&it.Prompt.Trial)
	var b *trial.Bench
	if err == nil {
		b, err = trial.Prepare(s)
	}
	if err != nil {
		return []bank.Problem{{Pos: it.At("trial"), Msg: "trial: " + err.Error()}}
	}
	var out []bank.Problem
	for _, f := range b.Prove(full) {
		list := "right"
		if f.Wrong {
			list = "wrong"
		}
		at := it.At("trial", list, f.Index)
		if f.Index < 0 {
			at = it.At("trial", list)
		}
		out = append(out, bank.Problem{Pos: at, Msg: "trial: " + f.Msg})
	}
	return slices.Clip(out)
}
