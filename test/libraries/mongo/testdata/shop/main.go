// SPDX-License-Identifier: Apache-2.0

// A program that does with MongoDB what programs do, in a handler.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/event"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

const secret = "planted-secret-4711"

func main() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/shop":
			shop(r.Context())
		case "/edges":
			edges(r.Context())
		}
	}))
	defer server.Close()
	for _, path := range []string{"/shop", "/edges"} {
		resp, err := http.Get(server.URL + path)
		if err == nil {
			resp.Body.Close()
		}
	}
	concurrent()
	fmt.Println("done")
}

func check(err error) {
	if err != nil {
		fmt.Println("unexpected:", err)
		os.Exit(1)
	}
}

// own is the program's own monitor, which goes on being called.
func own() *event.CommandMonitor {
	return &event.CommandMonitor{
		Started:   func(_ context.Context, e *event.CommandStartedEvent) { fmt.Println("started", e.CommandName) },
		Succeeded: func(_ context.Context, e *event.CommandSucceededEvent) { fmt.Println("succeeded", e.CommandName) },
		Failed:    func(_ context.Context, e *event.CommandFailedEvent) { fmt.Println("failed", e.CommandName) },
	}
}

func uri(port string) *options.ClientOptions {
	return options.Client().ApplyURI("mongodb://127.0.0.1:" + os.Getenv(port) + "/?serverSelectionTimeoutMS=1000").SetAppName(secret)
}

func shop(ctx context.Context) {
	with := uri("PORT").SetMonitor(own())
	before := with.Monitor
	client := connect(ctx, with)
	fmt.Println("options unchanged:", with.Monitor == before)
	check(client.Ping(ctx, nil))
	users := client.Database("shop").Collection("users")
	_, err := users.InsertOne(ctx, bson.M{"_id": 1, "name": secret})
	check(err)
	_, err = users.InsertMany(ctx, []any{bson.M{"_id": 2, secret: 1}, bson.M{"_id": 3, "name": "b"}})
	check(err)
	var found bson.M
	check(users.FindOne(ctx, bson.M{"name": secret}).Decode(&found))
	fmt.Println(found["name"])
	fmt.Println("nobody:", errors.Is(users.FindOne(ctx, bson.M{"_id": 99}).Err(), mongo.ErrNoDocuments))
	_, err = users.UpdateOne(ctx, bson.M{"_id": 1}, bson.M{"$set": bson.M{"name": "new-" + secret}})
	check(err)
	n, err := users.CountDocuments(ctx, bson.M{"name": bson.M{"$in": bson.A{secret, "b"}}})
	check(err)
	fmt.Println(n)
	cursor, err := users.Find(ctx, bson.D{}, options.Find().SetBatchSize(2).SetSort(bson.M{"_id": 1}))
	check(err)
	var all []bson.M
	check(cursor.All(ctx, &all))
	fmt.Println(len(all))
	_, err = users.DeleteMany(ctx, bson.M{"_id": bson.M{"$gt": 1}})
	check(err)
	check(client.Disconnect(ctx))
}

func edges(ctx context.Context) {
	client := connect(ctx, uri("PORT"))
	users := client.Database("shop").Collection("users")
	_, err := users.InsertOne(ctx, bson.M{"_id": 1, "name": secret})
	fmt.Println("twice:", mongo.IsDuplicateKeyError(err))
	fmt.Println("no command:", client.Database("shop").RunCommand(ctx, bson.D{{Key: "nonsense", Value: secret}}).Err() != nil)
	_, err = users.Find(ctx, bson.M{"$nonsense": secret})
	fmt.Println("no operator:", err != nil)
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	fmt.Println("cancelled:", errors.Is(users.FindOne(cancelled, bson.M{}).Err(), context.Canceled))
	late, cancel := context.WithDeadline(ctx, time.Now().Add(-time.Second))
	defer cancel()
	fmt.Println("too late:", users.FindOne(late, bson.M{}).Err() != nil)
	big := strings.Repeat(secret, 1<<14)
	_, err = users.InsertOne(ctx, bson.M{"_id": 4, "name": big})
	check(err)
	var found bson.M
	check(users.FindOne(ctx, bson.M{"_id": 4}).Decode(&found))
	fmt.Println("big:", found["name"] == big)
	check(client.Disconnect(ctx))
	fmt.Println("closed:", users.FindOne(ctx, bson.M{}).Err())

	refused := connect(ctx, uri("CLOSED"))
	fmt.Println("refused:", refused.Database("shop").Collection("users").FindOne(ctx, bson.M{}).Err() != nil)
	check(refused.Disconnect(ctx))
	func() {
		defer func() { fmt.Println("nil options panic:", recover() != nil) }() // they do in v2.0.0
		check(connect(ctx, nil).Disconnect(ctx))
	}()
}

func concurrent() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	client := connect(ctx, uri("PORT"))
	users := client.Database("shop").Collection("users")
	var all sync.WaitGroup
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for j := 0; j < 5; j++ {
				check(users.FindOne(ctx, bson.M{"_id": 1}).Err())
			}
		}()
	}
	all.Wait()
	check(client.Disconnect(ctx))
}
