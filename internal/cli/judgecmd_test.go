package cli

import (
	"strings"
	"testing"
	"time"
)

// What is set where, and what it comes to.
func TestSettings(t *testing.T) {
	const local = "http://localhost:11434/v1"
	for name, c := range map[string]struct {
		env   string
		flags modelFlags
		want  string // base URL, model, key, Azure's version, "token"
	}{
		"OpenAI":             {"OPENAI_API_KEY=k INTERVIEW_MODEL=m", modelFlags{}, openAI + " m k"},
		"local without key":  {"OPENAI_BASE_URL=" + local + " INTERVIEW_MODEL=m", modelFlags{}, local + " m"},
		"flags go first":     {"OPENAI_BASE_URL=x INTERVIEW_MODEL=x OPENAI_API_KEY=k", modelFlags{baseURL: local, model: "n"}, local + " n k"},
		"Azure":              {"AZURE_OPENAI_ENDPOINT=https://a AZURE_OPENAI_API_KEY=ak AZURE_OPENAI_DEPLOYMENT=d OPENAI_API_KEY=k", modelFlags{}, "https://a d ak " + azureVersion},
		"Azure, version":     {"AZURE_OPENAI_ENDPOINT=https://a AZURE_OPENAI_API_KEY=ak INTERVIEW_MODEL=m AZURE_OPENAI_DEPLOYMENT=d OPENAI_API_VERSION=v", modelFlags{}, "https://a m ak v"},
		"Azure, Entra":       {"AZURE_OPENAI_ENDPOINT=https://a AZURE_OPENAI_AD_TOKEN=t AZURE_OPENAI_API_KEY=ak AZURE_OPENAI_DEPLOYMENT=d", modelFlags{}, "https://a d t " + azureVersion + " token"},
		"base before Azure":  {"AZURE_OPENAI_ENDPOINT=https://a AZURE_OPENAI_API_KEY=ak OPENAI_API_KEY=k", modelFlags{baseURL: local, model: "m"}, local + " m k"},
		"nothing":            {"", modelFlags{}, "!"},
		"only a key":         {"OPENAI_API_KEY=k", modelFlags{}, "!"},
		"only a model":       {"INTERVIEW_MODEL=m", modelFlags{}, "!"},
		"only a base":        {"OPENAI_BASE_URL=" + local, modelFlags{}, "!"},
		"Azure without name": {"AZURE_OPENAI_ENDPOINT=https://a AZURE_OPENAI_API_KEY=ak", modelFlags{}, "!"},
	} {
		env := map[string]string{}
		for _, pair := range strings.Fields(c.env) {
			key, value, _ := strings.Cut(pair, "=")
			env[key] = value
		}
		c.flags.timeout = time.Minute
		a := &App{Env: func(k string) string { return env[k] }}
		set, err := a.settings(&c.flags)
		got := []string{set.BaseURL, set.Model, set.Key, set.APIVersion}
		if set.Token {
			got = append(got, "token")
		}
		text := strings.Join(strings.Fields(strings.Join(got, " ")), " ")
		if err != nil {
			if text = "!"; a.exitCode(err) != exitUsage || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if text != c.want {
			t.Errorf("%s: %q, want %q", name, text, c.want)
		}
	}
}
