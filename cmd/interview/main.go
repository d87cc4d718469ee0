// Command interview practises whiteboard interviews in the terminal.
package main

import (
	"os"

	"interview/internal/cli"
	"interview/internal/noquery"
)

func main() {
	noquery.Restore()
	os.Exit(cli.Main())
}
