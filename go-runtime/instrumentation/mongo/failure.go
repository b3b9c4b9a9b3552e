// SPDX-License-Identifier: Apache-2.0

package mongo

import (
	"context"
	"errors"
	"reflect"
	"strconv"
	"strings"

	"otel.runtime/conventions/db"
)

// otherFailure is error.type of what has no better name.
const otherFailure = "_OTHER"

// failureOf says what has failed without the message, which may quote values:
// by the server's code, or as context error. The driver's v1 only gives text,
// which for an answer of the server's begins with the code's name.
func failureOf(err error) *db.Failure {
	if err == nil {
		return nil
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if code := codeOf(e); code != 0 {
			return db.Answered(strconv.Itoa(int(code)))
		}
	}
	text := err.Error()
	if strings.HasPrefix(text, "(") {
		if name, _, ok := strings.Cut(text[1:], ")"); ok && isName(name) {
			if code := codes[name]; code != "" {
				return db.Answered(code)
			}
			return &db.Failure{Type: name}
		}
	}
	for _, known := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) || strings.Contains(text, known.Error()) {
			return db.Failed(known)
		}
	}
	return &db.Failure{Type: otherFailure}
}

// codeOf is the field Code of the driver's errors.
func codeOf(err error) int64 {
	v := reflect.ValueOf(err)
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct || !strings.HasPrefix(v.Type().PkgPath(), "go.mongodb.org/") {
		return 0
	}
	f := v.FieldByName("Code")
	if !f.IsValid() || !f.CanInt() {
		return 0
	}
	return f.Int()
}

func isName(text string) bool {
	for _, r := range text {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') {
			return false
		}
	}
	return text != "" && len(text) <= 60
}

// codes of the server by their names.
var codes = map[string]string{
	"InternalError": "1", "BadValue": "2", "NoSuchKey": "4", "GraphContainsCycle": "5", "HostUnreachable": "6", "HostNotFound": "7",
	"UnknownError": "8", "FailedToParse": "9", "CannotMutateObject": "10", "UserNotFound": "11", "Unauthorized": "13", "TypeMismatch": "14",
	"InvalidLength": "16", "ProtocolError": "17", "AuthenticationFailed": "18", "IllegalOperation": "20", "LockTimeout": "24",
	"NamespaceNotFound": "26", "IndexNotFound": "27", "PathNotViable": "28", "ConflictingUpdateOperators": "40", "CursorNotFound": "43",
	"NamespaceExists": "48", "MaxTimeMSExpired": "50", "DollarPrefixedFieldName": "52", "InvalidIdField": "53", "EmptyFieldName": "56",
	"CommandNotFound": "59", "ShardKeyNotFound": "61", "WriteConcernFailed": "64", "ImmutableField": "66", "CannotCreateIndex": "67",
	"InvalidOptions": "72", "InvalidNamespace": "73", "IndexOptionsConflict": "85", "IndexKeySpecsConflict": "86", "NetworkTimeout": "89",
	"ShutdownInProgress": "91", "OperationFailed": "96", "WriteConflict": "112", "CommandNotSupported": "115", "DocumentValidationFailure": "121",
	"NotImplemented": "238", "NoSuchTransaction": "251", "ExceededTimeLimit": "262", "InterruptedAtShutdown": "11600", "Interrupted": "11601",
	"DuplicateKey": "11000", "NotWritablePrimary": "10107", "NotMaster": "10107", "Location11000": "11000",
}

// failureIn finds the first error in a reply that reports success for the
// command, but not for what it was to write.
func failureIn(reply []byte) (failed *db.Failure) {
	elements(reply, func(e element) bool {
		switch {
		case e.name == "writeErrors" && e.kind == kindArray:
			elements(e.value, func(first element) bool {
				failed = codeIn(first)
				return false
			})
		case e.name == "writeConcernError" && e.kind == kindDocument && failed == nil:
			failed = codeIn(e)
		}
		return true
	})
	return failed
}

func codeIn(e element) *db.Failure {
	failed := &db.Failure{Type: otherFailure}
	elements(e.value, func(inner element) bool {
		if inner.name == "code" && inner.kind == kindInt32 {
			failed = db.Answered(strconv.Itoa(int(inner.int32())))
			return false
		}
		return true
	})
	return failed
}
