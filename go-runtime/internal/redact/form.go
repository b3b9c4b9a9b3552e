// SPDX-License-Identifier: Apache-2.0

package redact

import "strings"

// forms are tokens that say by their beginning what they are: of JSON web tokens,
// cloud providers, code hosts, chat and payment services, and the like. least is
// how many letters, digits, _, - and . follow at least.
var forms = []struct {
	begin string
	least int
}{
	{"eyJ", 17}, // {" in base64
	{"AKIA", 16}, {"ASIA", 16}, {"AIza", 30}, {"ya29.", 20},
	{"ghp_", 20}, {"gho_", 20}, {"ghu_", 20}, {"ghs_", 20}, {"ghr_", 20}, {"github_pat_", 20}, {"glpat-", 16},
	{"xoxb-", 10}, {"xoxp-", 10}, {"xoxa-", 10}, {"xoxr-", 10}, {"xoxs-", 10}, {"xapp-", 10},
	{"sk_live_", 10}, {"sk_test_", 10}, {"rk_live_", 10}, {"whsec_", 16}, {"sk-", 20},
	{"npm_", 30}, {"pypi-", 30}, {"hf_", 30}, {"dop_v1_", 30}, {"SG.", 40}, {"glc_", 20}, {"glsa_", 20},
	{"hvs.", 16}, {"hvb.", 16}, {"AGE-SECRET-KEY-", 20},
}

// shortest is the length of the shortest such token.
const shortest = 15

// withoutForms hides such tokens, the tokens of bots (123456:…), and private keys.
func withoutForms(text string) string {
	if len(text) < shortest {
		return text
	}
	clean := edits{of: text}
	for i := 0; i+shortest <= len(text); i++ {
		c := text[i]
		if c == '-' && strings.HasPrefix(text[i:], "-----BEGIN ") {
			i = hideKey(&clean, i)
			continue
		}
		if i > 0 && isTokenByte(text[i-1]) && text[i-1] != '-' && text[i-1] != '.' || !isLetter(c) && !isDigit(c) {
			continue
		}
		end := formEnd(text, i)
		if end == 0 {
			continue
		}
		clean.hide(i, end)
		i = end - 1
	}
	return clean.text()
}

// formEnd is where a token ends that begins at i; 0 if none does.
func formEnd(text string, i int) int {
	for _, form := range forms {
		if text[i] == form.begin[0] && strings.HasPrefix(text[i:], form.begin) {
			if end := runEnd(text, i+len(form.begin)); end-i-len(form.begin) >= form.least {
				return end
			}
		}
	}
	digits := i
	if strings.HasPrefix(text[i:], "bot") {
		digits += len("bot")
	}
	colon := digits
	for colon < len(text) && isDigit(text[colon]) {
		colon++
	}
	if colon-digits < 6 || colon == len(text) || text[colon] != ':' {
		return 0
	}
	if end := runEnd(text, colon+1); end-colon > 30 {
		return end
	}
	return 0
}

func runEnd(text string, i int) int {
	for i < len(text) && isTokenByte(text[i]) {
		i++
	}
	return i
}

func isTokenByte(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '.' }

// hideKey hides what is between the lines that begin and end a private key, and
// returns where that was. Certificates stay.
func hideKey(clean *edits, at int) (end int) {
	title := strings.Index(clean.of[at+len("-----BEGIN "):], "-----")
	if title < 0 {
		return at
	}
	begin := at + len("-----BEGIN ") + title + len("-----")
	if !strings.Contains(clean.of[at:begin], "PRIVATE") {
		return begin - 1
	}
	if begin == len(clean.of) {
		return begin
	}
	end = len(clean.of)
	if until := strings.Index(clean.of[begin:], "-----END"); until >= 0 {
		end = begin + until
	}
	clean.hide(begin, end)
	return end - 1
}
