package cli

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interview/internal/report"
)

// The forms in which a session leaves the program. The text of answers is kept byte for byte in all but html, which shows
// what would steer a screen as visible marks.
const (
	formMarkdown = "markdown"
	formJSON     = "json"
	formCSV      = "csv"
)

var exportFormats = []string{formMarkdown, formJSON, formCSV}

func (a *App) exportCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "export SESSION",
		Short: "Write a session as Markdown, JSON or CSV",
		Long: "markdown is the whole transcript, which grade reads again for the same marks; json is what review show --json prints;\n" +
			"csv has a row for each mark. All goes to standard output.",
		Example: `  interview review export last | interview grade url-shortener -
  interview review export last --format csv > marks.csv`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeOneSession,
		RunE:              func(_ *cobra.Command, args []string) error { return a.export(args[0], format) },
	}
	c.Flags().StringVar(&format, "format", formMarkdown, "`form`: "+strings.Join(exportFormats, ", "))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(exportFormats, noFiles)) // fails only for an unknown flag
	return c
}

// export writes what a journal holds; where it is broken, what stands before that, and then the error.
func (a *App) export(ref, format string) error {
	if !slices.Contains(exportFormats, format) {
		return usage("", "--format %q: want %s", format, strings.Join(exportFormats, ", "))
	}
	s, broken, err := a.sessionNamed(ref)
	if err != nil {
		return err
	}
	r, err := a.record(&s)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := a.writeRecord(&page, r, format); err != nil {
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
func (a *App) writeRecord(w io.Writer, r *report.Record, format string) error {
	switch format {
	case formJSON:
		return writeJSON(w, shown(r.Session))
	case formCSV:
		return report.CSV(w, r)
	}
	return report.Markdown(w, r)
}
