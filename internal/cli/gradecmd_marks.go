package cli

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"interview/internal/report"
)

// humanMarks are the marks that a person gave, 0..1, by the name of the file as it stands in the table.
type humanMarks struct {
	names []string
	marks map[string]float64
}

// readMarks reads a table of file and score; nil for no name. Other columns are passed over where a heading names the two,
// so that a table of grade --csv can be read. A line with an empty score is of a submission not marked.
func readMarks(name string) (*humanMarks, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, failed("", "marks %s: %w", name, plainCause(err))
	}
	defer f.Close()
	m, err := parseMarks(f)
	if err != nil {
		return nil, failed("want a CSV file with the columns file,score", "marks %s: %w", name, plainCause(err))
	}
	return m, nil
}

func parseMarks(r io.Reader) (*humanMarks, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord, in.TrimLeadingSpace = -1, true
	m := &humanMarks{marks: map[string]float64{}}
	file, score, most := 0, 1, 0.0
	for first := true; ; first = false {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		line, _ := in.FieldPos(0)
		if first {
			row[0] = strings.TrimPrefix(row[0], byteOrderMark)
			if f, s := slices.Index(row, "file"), slices.Index(row, "score"); f >= 0 && s >= 0 {
				file, score = f, s
				continue
			}
		}
		if len(row) <= max(file, score) {
			return nil, fmt.Errorf("line %d has %s", line, counted(len(row), "column"))
		}
		text := strings.TrimSpace(row[score])
		if text == "" {
			continue
		}
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || !(x >= 0 && x <= 100) {
			return nil, fmt.Errorf("line %d: score %q, want a number of 0..1 or of 0..100", line, text)
		}
		if _, twice := m.marks[row[file]]; twice {
			return nil, fmt.Errorf("line %d: %q stands twice", line, row[file])
		}
		m.names, m.marks[row[file]], most = append(m.names, row[file]), x, max(most, x)
	}
	if len(m.names) == 0 {
		return nil, errors.New("no line with a score")
	}
	if most > 1 { // of 100
		for name := range m.marks {
			m.marks[name] /= 100
		}
	}
	return m, nil
}

// compare finds the mark of each submission: by its path, else by its name where only one submission has that.
func (m *humanMarks) compare(list []report.Submission) (both []report.Difference, unmarked, unknown int) {
	bases := map[string]int{}
	for i := range list {
		bases[filepath.Base(list[i].Name)]++
	}
	byPath := map[string]float64{}
	for _, name := range m.names {
		byPath[filepath.Clean(name)] = m.marks[name]
	}
	used := map[string]bool{}
	for i := range list {
		key := list[i].Name
		mark, ok := byPath[key]
		if base := filepath.Base(key); !ok && bases[base] == 1 {
			key = base
			mark, ok = byPath[key]
		}
		if ok {
			used[key] = true
		}
		switch {
		case list[i].Err != "":
		case !ok:
			unmarked++
		default:
			both = append(both, report.Difference{Name: list[i].Name, Grade: list[i].Grade.Score(), Mark: mark})
		}
	}
	return both, unmarked, len(byPath) - len(used)
}
