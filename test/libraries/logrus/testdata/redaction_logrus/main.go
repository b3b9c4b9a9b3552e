// SPDX-License-Identifier: Apache-2.0

// The ways in which programs keep values out of logrus' logs.
package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/sirupsen/logrus"
)

const secret = "planted-secret-4711"

// formatter masks what another has formatted.
type formatter struct{ logrus.Formatter }

func (f formatter) Format(entry *logrus.Entry) ([]byte, error) {
	line, err := f.Formatter.Format(entry)
	return bytes.ReplaceAll(line, []byte(secret), []byte("***")), err
}

// own is a format that nobody knows.
type own struct{}

func (own) Format(entry *logrus.Entry) ([]byte, error) {
	return []byte(fmt.Sprintln("own:", entry.Message)), nil
}

// hook masks what is printed.
type hook struct{}

func (hook) Levels() []logrus.Level { return logrus.AllLevels }
func (hook) Fire(entry *logrus.Entry) error {
	entry.Data["password"] = "***"
	entry.Message = strings.ReplaceAll(entry.Message, secret, "***")
	return nil
}

func logger(f logrus.Formatter) *logrus.Logger {
	l := logrus.New()
	l.SetOutput(os.Stdout)
	l.SetFormatter(f)
	return l
}

func main() {
	text, json := &logrus.TextFormatter{DisableTimestamp: true, DisableColors: true}, &logrus.JSONFormatter{}
	for _, f := range []logrus.Formatter{text, json} {
		logger(f).WithField("n", 1).Info("plain")
		logger(formatter{f}).WithField("x", secret).WithField("n", 1).Info("masked")
		hooked := logger(f)
		hooked.AddHook(hook{})
		hooked.WithField("password", secret).Info("hook " + secret)
	}
	logger(own{}).WithField("x", secret).Info("of its own")
	time.Sleep(1100 * time.Millisecond)
}
