package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"interview/internal/diagram"
	"interview/internal/report"
)

// mostDrawn is how much of a file is read for drawings, in bytes.
const mostDrawn = 16 << 20

// drawings are what --format can be.
var drawings = []string{"text", "svg", "mermaid"}

func (a *App) drawCommand() *cobra.Command {
	format := ""
	c := &cobra.Command{
		Use:   "draw FILE|-",
		Short: "Draw the boxes and lines of a text",
		Long: "Reads arrows (client -> api -> cache, db), Mermaid flowcharts and D2, alone or inside Markdown, and draws them as one\n" +
			"picture: as wide as the terminal, or 80 columns. A file named .mmd, .mermaid or .d2 is read as that and nothing else.",
		Example: `  interview draw design.md
  interview draw --format svg design.mmd > design.svg
  echo 'client -> api -> cache, db' | interview draw -`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.draw(args[0], format) },
	}
	c.Flags().StringVar(&format, "format", drawings[0], "`kind` of picture: "+strings.Join(drawings, ", "))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(drawings, noFiles)) // fails only for an unknown flag
	return c
}

// draw prints the picture. A drawing that is not read to its end is an error, and nothing of it is printed.
func (a *App) draw(name, format string) error {
	if !slices.Contains(drawings, format) {
		return usage("the kinds: "+strings.Join(drawings, ", "), "--format %q is not known", format)
	}
	text, err := a.drawnText(name)
	if err != nil {
		return err
	}
	g, err := graphOf(name, text)
	if err != nil {
		if name == "-" {
			name = "standard input"
		}
		return failed("interview draw --help shows what is read", "%s: %w", name, err)
	}
	switch format {
	case drawings[1]:
		_, err = fmt.Fprintln(a.Out, strings.TrimRight(diagram.SVG(g), "\n"))
	case drawings[2]:
		_, err = io.WriteString(a.text(), diagram.Mermaid(g))
	default:
		_, err = io.WriteString(a.text(), diagram.Draw(g, a.columns()))
	}
	return err
}

// drawnText reads a file, or standard input for "-".
func (a *App) drawnText(name string) (string, error) {
	in := a.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", failed("", "%s: %w", name, plainCause(err))
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, mostDrawn+1))
	switch {
	case err != nil:
		return "", failed("", "%s: %w", name, plainCause(err))
	case len(b) > mostDrawn:
		return "", failed("", "%s: %w", name, errTooLong)
	}
	return string(b), nil
}

// graphFiles are the extensions that name one format.
var graphFiles = map[string]string{".mmd": diagram.FormatMermaid, ".mermaid": diagram.FormatMermaid, ".d2": diagram.FormatD2}

// graphOf reads the drawings of a text as one. The extension of the file's name says what it holds; without one that is
// known, a text in which every line is arrows is read as arrows, and anything else as Markdown.
func graphOf(name, text string) (diagram.Graph, error) {
	if format := graphFiles[strings.ToLower(filepath.Ext(name))]; format != "" {
		return diagram.Parse(format, text)
	}
	var graphs []diagram.Graph
	arrows := true
	for _, block := range diagram.FromMarkdown(text) {
		if block.Err != nil {
			return diagram.Graph{}, block.Err
		}
		arrows = arrows && block.Format == diagram.FormatArrows
		graphs = append(graphs, block.Graph)
	}
	g, err := diagram.Parse(diagram.FormatArrows, text)
	switch {
	case arrows && err == nil && len(g.Edges) > 0:
		return g, nil
	case len(graphs) > 0:
		return diagram.Merge(graphs...), nil
	case strings.TrimSpace(text) == "":
		return g, errors.New("line 1: nothing is drawn: it is empty")
	case err == nil:
		return g, errors.New("line 1: no arrow in it: write name -> name")
	}
	return g, err
}

// columns is the width of the terminal behind standard output, else the width of a report.
func (a *App) columns() int {
	if isTerminal(a.outFile) {
		if width, _, err := term.GetSize(a.outFile.Fd()); err == nil && width > 0 {
			return width
		}
	}
	return report.Width
}
