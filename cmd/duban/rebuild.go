package main

import (
	"errors"

	"github.com/spf13/cobra"
)

func (a *app) rebuild(c *cobra.Command) error { return errors.New("待实现") }
