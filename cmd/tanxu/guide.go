package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"tanxu/interview/guide"
)

func newGuide() *cobra.Command {
	var lang string
	cmd := &cobra.Command{
		Use: "guide", Short: "Print the questions of the interview, as Markdown", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			g, err := guide.Load()
			if err != nil {
				return fmt.Errorf("load the guide: %w", err)
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), g.Markdown(lang))
			return err
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "zh", "language of the questions: zh or en")
	return cmd
}
