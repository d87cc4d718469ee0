package diagram

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The words below are data: they tell a drawing from prose with arrows in it
// ("redis down -> let it through") and choose how a box is drawn.
const (
	storeWords = `db dbs database databases rdbms sql nosql postgres postgresql mysql mariadb sqlite oracle
		mongo mongodb dynamo dynamodb cassandra scylla hbase bigtable spanner cockroachdb redis memcached
		cache caches s3 gcs bucket buckets blob storage store stores datastore warehouse lake snowflake
		bigquery redshift clickhouse elasticsearch opensearch index disk disks table tables shard shards
		replica replicas hdfs ceph minio neo4j timescale influxdb etcd keyspace filesystem volume wal`
	queueWords = `queue queues kafka sqs rabbitmq topic topics stream streams kinesis pubsub bus broker
		brokers dlq mq nats pulsar activemq sns mailbox inbox outbox fifo`
	partWords = `client clients user users browser browsers app apps mobile web frontend backend ui site
		website page phone device devices driver rider customer sender receiver recipient viewer
		lb balancer balancers gateway gateways api apis service services svc server servers servlet worker workers
		cdn cdns edge origin proxy proxies nginx haproxy envoy dns router firewall waf vpn
		producer producers consumer consumers publisher subscriber scheduler cron job jobs
		notifier notification notifications crawler fetcher parser indexer shortener generator
		aggregator dispatcher matcher ranker encoder transcoder uploader downloader coordinator
		controller orchestrator processor handler listener poller sharder merger mapper reducer
		pod pods vm host hosts
		lambda function functions container engine module component auth idp oauth payment payments
		stripe paypal provider email sms push apns fcm twilio sendgrid analytics metrics monitoring
		monitor logger logs logging prometheus grafana datadog tracing zookeeper consul registry
		spark flink hadoop airflow etl cdc debezium websocket websockets socket ws sdk search
		tier layer fleet limiter throttler sidecar mesh ingress kgs counter sequencer allocator
		ledger wallet inventory order orders catalog cart checkout feed timeline fanout model
		library lib agent agents laptop laptops desktop desktops team teams buyer buyers passenger
		passengers fan fans builder planner expander scanner scanners trie script scripts`
	// copyWords say which copy of a part is meant, not what it is.
	copyWords = `primary secondary leader follower followers master slave node nodes cluster instance instances`
	// sentenceWords make a clause of what they stand in.
	sentenceWords = `if is are was were be been when then so it its we you they he she this that these
		those there not no never must can cannot could should would will may might because but which who
		whose while unless until has have had do does did don't doesn't isn't won't can't as than too
		only also just very more most less least fewer otherwise else every what why how i`
	// actionWords begin an instruction.
	actionWords = `purge invalidate retry return use add drop let allow deny reject avoid need keep make
		try ask call evict refresh expire fail fails ensure prevent reduce increase decrease improve
		give gives get gets means becomes became causes leads breaks goes choose pick prefer consider
		accept ignore skip remove delete create insert lookup put apply replace move`
	// stateWords end a condition: "cache miss -> ask the database".
	stateWords = `down dies died fails failed fail failure crash crashes lost full slow slower fast faster
		miss misses hit hits missed hot cold stale dead gone grows expensive cheap cheaper safe safer
		slowly quickly bigger smaller higher lower worse better simple simpler complex possible
		impossible easy hard harder collision collisions latency consistency availability`
	verbWords = "GET POST PUT PATCH DELETE HEAD OPTIONS"
)

// wordKind is the lists that a word stands in.
type wordKind uint16

const (
	storeWord wordKind = 1 << iota
	queueWord
	partWord // of a system; stores, queues and copies are too
	copyWord
	sentenceWord
	actionWord
	stateWord
	verbWord
)

// wordKinds is made when it is first asked: most answers hold no drawing.
var wordKinds = sync.OnceValue(func() map[string]wordKind {
	m := map[string]wordKind{}
	for _, list := range []struct {
		words string
		kind  wordKind
	}{
		{storeWords, storeWord | partWord}, {queueWords, queueWord | partWord}, {partWords, partWord}, {copyWords, copyWord | partWord},
		{sentenceWords, sentenceWord}, {actionWords, actionWord}, {stateWords, stateWord}, {verbWords, verbWord},
	} {
		for word := range strings.FieldsSeq(list.words) {
			m[word] |= list.kind
		}
	}
	return m
})

// wordSet is words parted by white space, made into a set when it is first asked: most answers hold no drawing.
type wordSet struct {
	lists []string
	once  sync.Once
	set   map[string]bool
}

func newWordSet(lists ...string) *wordSet { return &wordSet{lists: lists} }

func (s *wordSet) has(word string) bool {
	s.once.Do(func() {
		s.set = map[string]bool{}
		for _, list := range s.lists {
			for _, word := range strings.Fields(list) {
				s.set[word] = true
			}
		}
	})
	return s.set[word]
}

// labelWords appends the lower-case words of a label, without remark.
func labelWords(words []string, label string) []string {
	label = strings.ToLower(withoutRemark(label))
	if !folded(label) {
		return append(words, strings.FieldsFunc(label, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
		})...)
	}
	for more := true; more; {
		var word string
		word, label, more = strings.Cut(label, " ")
		words = append(words, word)
	}
	return words
}

// kindOf guesses a kind from the last word of a label that has one: an "order
// queue" is a queue, a "cache service" is a box, a "Redis (cache)" a store.
func kindOf(label string) string {
	var room [nameWords]string
	words := labelWords(room[:0], label)
	for i := len(words) - 1; i >= 0; i-- {
		switch kind := wordKinds()[words[i]]; {
		case kind&storeWord != 0:
			return Store
		case kind&queueWord != 0:
			return Queue
		case kind&(partWord|copyWord) == partWord:
			return Box
		}
	}
	return Box
}

// Bounds of a name in a line of arrows amid prose.
const (
	nameWords = 5
	nameRunes = 48
)

// isName reports whether a text between arrows can be the name of a box: a
// short noun phrase. Sentences, requests (POST /links), paths, formulas, pure
// numbers and quantities are none.
func isName(s string) bool {
	s = withoutRemark(s)
	if s == "" || utf8.RuneCountInString(s) > nameRunes || strings.ContainsAny(s, "={}<>|;!?\\$%\"`^[]()") || strings.Contains(s, "://") {
		return false
	}
	var room [nameWords + 1]string
	words, kinds := room[:0], wordKinds()
	for word := range strings.FieldsSeq(s) {
		words = append(words, word)
	}
	if len(words) > nameWords || strings.HasPrefix(s, "/") || kinds[words[0]]&verbWord != 0 || kinds[strings.ToLower(words[0])]&actionWord != 0 || !firstLetter(words) {
		return false
	}
	for i, word := range words {
		if kinds[strings.ToLower(word)]&sentenceWord != 0 || strings.HasSuffix(word, ".") && i < len(words)-1 || strings.HasPrefix(word, "/") && len(word) > 1 {
			return false
		}
	}
	return true
}

// firstLetter wants a name to begin with a letter; a small number may stand
// before a part: "3 app servers".
func firstLetter(words []string) bool {
	r, _ := utf8.DecodeRuneInString(words[0])
	if unicode.IsLetter(r) {
		return true
	}
	small := len(words[0]) <= 2 && strings.Trim(words[0], "0123456789") == ""
	return small && len(words) > 1 && wordKinds()[strings.ToLower(words[len(words)-1])]&partWord != 0
}

// namesPart reports whether a name holds a word for a part of a system.
func namesPart(s string) bool {
	var room [nameWords]string
	return slices.ContainsFunc(labelWords(room[:0], s), func(word string) bool { return wordKinds()[word]&partWord != 0 })
}

// namesState reports whether a name ends like a condition.
func namesState(s string) bool {
	var room [nameWords]string
	words := labelWords(room[:0], s)
	return len(words) > 0 && wordKinds()[words[len(words)-1]]&stateWord != 0
}
