package cli

import (
	"bufio"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/journal"
	"interview/internal/report"
	"interview/internal/review"
	"interview/internal/session"
)

// searchFlags say how much of what is found is shown.
type searchFlags struct {
	limit        int
	json, strict bool
}

func (a *App) searchCommand() *cobra.Command {
	var f searchFlags
	c := &cobra.Command{
		Use:   "search WORD...",
		Short: "Search what you said in all sessions, newest first",
		Long: "Finds the sessions whose answers hold every word. A word is found where one begins with it, in either case; a phrase is\n" +
			"quoted. phase:PHASE and prompt:ID narrow it down. Hits stand between « and ».",
		Example: `  interview review search cache
  interview review search '"read through"' phase:deep-dives
  interview review search kafka prompt:url-shortener --limit 0`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.search(args, f) },
	}
	c.Flags().IntVar(&f.limit, "limit", 20, "the newest `number` of sessions, 0 for all")
	c.Flags().BoolVar(&f.json, "json", false, "as JSON")
	c.Flags().BoolVar(&f.strict, "strict", false, strictHelp)
	return c
}

// atOnce is how many journals are searched before it is asked whether that is enough.
const atOnce = 250

func (a *App) search(args []string, f searchFlags) error {
	q, err := review.ParseQuery(args)
	switch {
	case err != nil:
		return usage("interview review search cache, or '\"read through\"' phase:deep-dives", "%w", err)
	case f.limit < 0:
		return usage("", "--limit %d: must be at least 0", f.limit)
	}
	dir, err := a.sessionsPath()
	if err != nil {
		return err
	}
	ids, odd, err := journal.ListAll(dir)
	if err != nil {
		return err
	}
	for _, err := range odd {
		a.note("%v", err)
	}
	damaged, shown, more := len(odd), 0, false
	var rows []foundJSON
	for chunk := range slices.Chunk(ids, atOnce) {
		some, broken := a.searchSome(q, dir, chunk)
		damaged += broken
		if more = f.limit > 0 && shown+len(some) > f.limit; more {
			some = some[:f.limit-shown]
		}
		if f.json {
			rows = append(rows, foundRows(some)...)
		} else if err := a.writeFound(some, shown > 0); err != nil {
			return err
		}
		if shown += len(some); more {
			break
		}
	}
	if shown == 0 {
		if err := a.unsearched(q, dir); err != nil {
			return err
		}
	}
	if f.json {
		if err := a.writeJSON(append([]foundJSON{}, rows...)); err != nil {
			return err
		}
	}
	switch {
	case more:
		a.note("the newest %s; --limit 0 shows all", counted(f.limit, "session"))
	case len(ids) == 0:
		a.note("no sessions in %s", dir)
		a.hint(beginHint)
	default:
		a.note("found in %d of %s in %s", shown, counted(len(ids), "session"), dir)
	}
	return strictly(f.strict, damaged)
}

// writeFound draws on all cores, for a common word stands in nearly every session.
func (a *App) writeFound(found []report.Found, further bool) error {
	drawn := make([]strings.Builder, len(found))
	bank.OnAllCores(len(found), func(i int) {
		_ = report.Search(&drawn[i], found[i:i+1], further || i > 0) // into memory
	})
	w := a.text()
	for i := range drawn {
		if _, err := io.WriteString(w, drawn[i].String()); err != nil {
			return err
		}
	}
	return nil
}

// unsearched refuses a phase or prompt that neither the bank nor any session has. Sessions are read only for what the bank
// has not, which a prompt that was deleted may have been.
func (a *App) unsearched(q *review.Query, dir string) error {
	if q.Phase == "" && q.Prompt == "" {
		return nil
	}
	phases, prompts := map[string]bool{}, map[string]bool{}
	for _, h := range a.heads() {
		prompts[h.ID], prompts[h.Deck] = true, true
		for _, phase := range h.Phases {
			phases[phase] = true
		}
	}
	names := func() []name {
		return []name{{"phase", q.Phase, slices.Collect(maps.Keys(phases))}, {"prompt", q.Prompt, slices.Collect(maps.Keys(prompts))}}
	}
	if misspelt(names()) == nil {
		return nil
	}
	for s := range sessions(dir) {
		prompts[s.Plan.Label] = true
		for i := range s.Plan.Steps {
			phases[s.Plan.Steps[i].Phase], prompts[s.Plan.Steps[i].Prompt] = true, true
		}
	}
	return misspelt(names())
}

// searchSome searches journals on all cores, and names those that cannot be read.
func (a *App) searchSome(q *review.Query, dir string, ids []string) (found []report.Found, damaged int) {
	all, broken := make([]report.Found, len(ids)), make([]error, len(ids))
	needles := q.Needles()
	scratch := sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 64<<10) }}
	bank.OnAllCores(len(ids), func(i int) {
		buf := scratch.Get().(*bufio.Reader)
		defer scratch.Put(buf)
		path := filepath.Join(dir, ids[i]+".jsonl")
		events, says, newer, err := journal.Saying(path, buf, needles)
		var folding error
		if says {
			var s session.Session
			if s, folding = session.Fold(ids[i], events); folding == nil {
				all[i] = report.Found{Session: s, Hits: q.Hits(&s)}
			}
		}
		broken[i] = worst(path, newer, err, folding)
	})
	for i := range ids {
		if len(all[i].Hits) > 0 {
			found = append(found, all[i])
		}
		if broken[i] != nil {
			damaged++
			a.note("%v", broken[i])
		}
	}
	return found, damaged
}

// foundJSON is a session that holds what was searched for; start and end are bytes of the text of a turn.
type foundJSON struct {
	ID      string    `json:"id"`
	Prompt  string    `json:"prompt"`
	Started string    `json:"started"`
	Hits    []hitJSON `json:"hits"`
}

type hitJSON struct {
	Turn  int    `json:"turn"`
	Phase string `json:"phase"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Line  string `json:"line"`
}

func foundRows(found []report.Found) []foundJSON {
	rows := make([]foundJSON, len(found))
	for i := range found {
		s := &found[i].Session
		rows[i] = foundJSON{ID: s.ID, Prompt: s.Plan.Label, Started: s.OpenedAt.Format(time.RFC3339)}
		for _, h := range found[i].Hits {
			t := &s.Turns[h.Turn]
			rows[i].Hits = append(rows[i].Hits, hitJSON{h.Turn, t.Step.Phase, h.Start, h.End, strings.Clone(report.LineAt(t.Text, h.Start))})
		}
	}
	return rows
}
