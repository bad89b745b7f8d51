package casebook

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"

	"jiesu/backend/journal"
)

// Stream kinds, the first byte after the prefix.
const (
	kindCase    = 'c'
	kindMessage = 'm'
	kindOffice  = 'o'
)

const (
	prefixEntry  = 0x10
	prefixID     = 0x11
	prefixHead   = 0x12
	prefixBlob   = 0x14
	prefixItem   = 0x20
	prefixKey    = 0x21
	prefixMeta   = 0x22
	prefixParked = 0x23
	prefixPerson = 0x24
	prefixRow    = 0x30
	prefixColumn = 0x31
	prefixNumber = 0x32
	prefixMail   = 0x33
	prefixText   = 0x34
	prefixSerial = 0x40
	prefixLocal  = 0x50
)

// CaseStream is the stream of a case.
func CaseStream(id string) string { return "case:" + id }

// MessageStream is the stream of a received mail.
func MessageStream(id string) string { return "message:" + id }

// streamKey is kind and 16 bytes of id; false for a stream of a newer program.
func streamKey(stream string) ([]byte, bool) {
	if stream == "office" {
		return append([]byte{kindOffice}, make([]byte, 16)...), true
	}
	kind, id, _ := strings.Cut(stream, ":")
	raw, err := hex.DecodeString(id)
	if err != nil || len(raw) != 16 {
		return nil, false
	}
	switch kind {
	case "case":
		return append([]byte{kindCase}, raw...), true
	case "message":
		return append([]byte{kindMessage}, raw...), true
	}
	return nil, false
}

func key(prefix byte, parts ...[]byte) []byte {
	k := []byte{prefix}
	for _, p := range parts {
		k = append(k, p...)
	}
	return k
}

func hexBytes(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil { // ids come from Parse or from here; both are hex
		panic(fmt.Sprintf("casebook: id %q is not hex", s))
	}
	return b
}

func entryKey(replica string, seq uint64, id journal.ID) []byte {
	return key(prefixEntry, hexBytes(replica), binary.BigEndian.AppendUint64(nil, seq), hexBytes(string(id)))
}

func idKey(id journal.ID) []byte { return key(prefixID, hexBytes(string(id))) }

func itemKey(stream []byte, id journal.ID) []byte {
	return key(prefixItem, stream, hexBytes(string(id)))
}

func caseKey(prefix byte, id string) []byte { return key(prefix, hexBytes(id)) }

func textKey(doc uint32) []byte { return key(prefixText, binary.BigEndian.AppendUint32(nil, doc)) }

func columnKey(doc uint32) []byte { return key(prefixColumn, binary.BigEndian.AppendUint32(nil, doc)) }

func numberKey(number string) []byte { return key(prefixNumber, []byte(number)) }

func serialKey(unit, replica, kind string, year int) []byte {
	return key(prefixSerial, []byte(unit+"\x00"+replica+"\x00"+kind+"\x00"), binary.BigEndian.AppendUint16(nil, uint16(year)))
}

// officeOwed stands from when entries of the office are applied until all that
// depends on them is: a program that dies between the two does it at its start.
var officeOwed = localKey("owed", "office")

func localKey(kind, id string) []byte { return key(prefixLocal, []byte(kind), []byte{0}, []byte(id)) }
