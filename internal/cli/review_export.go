package cli

import (
	"bytes"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interview/internal/journal"
	"interview/internal/report"
	"interview/internal/session"
)

// The forms in which a session leaves the program. The text of answers is kept byte for byte in all but html, which shows
// what would steer a screen as visible marks.
const (
	formMarkdown = "markdown"
	formHTML     = "html"
	formJSON     = "json"
	formCSV      = "csv"
)

var exportFormats = []string{formMarkdown, formHTML, formJSON, formCSV}

func (a *App) exportCommand() *cobra.Command {
	var format string
	var all bool
	c := &cobra.Command{
		Use:   "export SESSION | export --all DIR",
		Short: "Write sessions as Markdown, HTML, JSON or CSV",
		Long: "markdown is the whole transcript, which grade reads again for the same marks; html is one page that needs nothing\n" +
			"else and can be mailed; json is what review show --json prints; csv has a row for each mark. All goes to standard output.\n\n" +
			"With --all each session becomes a file in the folder DIR, and with html there is a page over all of them: index.html.",
		Example: `  interview review export last | interview grade url-shortener -
  interview review export last --format html > last.html
  interview review export --all --format html practice/`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 1:
				return nil
			case all:
				return usage("interview review export --all --format html practice/", "--all needs one folder to write to, have %d arguments", len(args))
			}
			return usage("interview review export last; of all, interview review export --all DIR", "export needs one session, have %d arguments", len(args))
		},
		ValidArgsFunction: func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			if all {
				return nil, cobra.ShellCompDirectiveFilterDirs
			}
			return a.completeOneSession(c, args, begun)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case !slices.Contains(exportFormats, format):
				return usage("", "--format %q: want %s", format, strings.Join(exportFormats, ", "))
			case all:
				return a.exportAll(args[0], format)
			}
			return a.export(args[0], format)
		},
	}
	c.Flags().StringVar(&format, "format", formMarkdown, "the `form`: "+strings.Join(exportFormats, ", "))
	c.Flags().BoolVar(&all, "all", false, "every session, into a folder")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(exportFormats, noFiles)) // fails only for an unknown flag
	return c
}

// export writes what a journal holds; where it is broken, what stands before that, and then the error.
func (a *App) export(ref, format string) error {
	s, broken, err := a.sessionNamed(ref)
	if err != nil {
		return err
	}
	r, err := a.record(&s)
	if err != nil {
		return err
	}
	if format == formHTML {
		r.Before = a.tryBefore(&s)
	}
	var page bytes.Buffer
	if err := writeRecord(&page, r, format); err != nil {
		return err
	}
	var out io.Writer = a.Out
	if isTerminal(a.outFile) {
		out = a.text() // what an answer holds must not steer it
	}
	if _, err := out.Write(page.Bytes()); err != nil {
		return err
	}
	return broken
}

// writeRecord writes a session in one of the forms.
func writeRecord(w io.Writer, r *report.Record, format string) error {
	switch format {
	case formJSON:
		return writeJSON(w, shown(r.Session))
	case formCSV:
		return report.CSV(w, r)
	case formHTML:
		return report.HTML(w, r)
	}
	return report.Markdown(w, r)
}

// tryBefore is the newest graded session of the same thing, in the same mode, begun before this one; nil for none. What
// cannot be read is no try.
func (a *App) tryBefore(s *session.Session) *session.Session {
	dir, err := a.sessionsPath()
	if err != nil {
		return nil
	}
	ids, _ := journal.List(dir) // newest first
	for _, id := range ids[slices.Index(ids, s.ID)+1:] {
		if !strings.Contains(id, s.Plan.Label) { // the name tells most of the others, unread
			continue
		}
		old, _ := readSession(filepath.Join(dir, id+".jsonl"))
		if sameTry(&old, s) {
			return &old
		}
	}
	return nil
}

func sameTry(old, s *session.Session) bool {
	return len(old.Grades) > 0 && old.Plan.Label == s.Plan.Label && old.Plan.Mode == s.Plan.Mode && old.OpenedAt.Before(s.OpenedAt)
}
