// Command tanxu is the whole service: one file per subcommand, config.go reads
// the settings, wire.go puts the packages together.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Set by the build.
var (
	version = "dev"
	commit  = ""
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "tanxu:", err)
		os.Exit(1)
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "tanxu",
		Short:         "Tanxu 探需 interviews enterprises and finds out what technology they really need",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(
		newUp(), newServe(), newWorker(), newMigrate(), newDoctor(), newAdmin(), newChat(), newGuide(), newExtract(), newEmbed(), newMatch(), newLibrary(), newNeeds(), newEval(), newParseDocument(),
		&cobra.Command{
			Use: "version", Short: "Print the version", Args: cobra.NoArgs,
			Run: func(cmd *cobra.Command, _ []string) { fmt.Fprintln(cmd.OutOrStdout(), version, commit) },
		},
		&cobra.Command{
			Use: "help-config", Short: "List all settings", Args: cobra.NoArgs,
			Run: func(cmd *cobra.Command, _ []string) { printConfig(cmd.OutOrStdout()) },
		},
	)
	return root
}
