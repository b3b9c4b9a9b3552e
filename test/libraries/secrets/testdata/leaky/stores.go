// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/url"
	"time"

	"github.com/redis/go-redis/v9"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

// stores has the secret in commands of Redis and MongoDB, and in their addresses.
func stores(ctx context.Context) {
	address := refusing()
	user := url.UserPassword("u", secret).String()
	var clients []*redis.Client
	clients = append(clients, redis.NewClient(&redis.Options{Addr: address, MaxRetries: -1}), redis.NewClient(&redis.Options{Addr: "u:" + secret + "@" + address, MaxRetries: -1}),
		redis.NewClient(&redis.Options{Addr: address, Username: "u", Password: secret, ClientName: "x", MaxRetries: -1}))
	for _, name := range []string{"redis://" + user + "@" + address + "/0", "redis://:" + url.QueryEscape(secret) + "@" + address, "redis://" + address + "?password=" + url.QueryEscape(secret)} {
		if o, err := redis.ParseURL(name); err == nil {
			o.MaxRetries = -1
			clients = append(clients, redis.NewClient(o))
		}
	}
	for _, client := range clients {
		for _, args := range [][]any{
			{"AUTH", secret}, {"AUTH", "u", secret}, {"HELLO", 3, "AUTH", "u", secret}, {"SET", "k", secret, "EX", 1}, {"CONFIG", "SET", "requirepass", secret}, {"ACL", "SETUSER", "bob", ">" + secret}, {"EVAL", "return '" + secret + "'", 1, "k", secret},
			{"EVALSHA", secret, 0, secret}, {"MIGRATE", "h", 1, "k", 0, 1, "AUTH2", "u", secret}, {"HSET", "k", "password", secret}, {"PUBLISH", "c", secret}, {"ECHO", secret}, {"XADD", "s", "*", "password", secret}, {"MSET", "a", secret, "b", secret},
			{"GET", "session:" + secret}, {"SET", "user:7:token:" + secret, "x"}, {"SETEX", "k", 1, secret}, {"GETSET", "k", secret}, {"APPEND", "k", secret}, {"LPUSH", "l", secret}, {"SADD", "s", secret}, {"ZADD", "z", 1, secret}, {"JSON.SET", "k", "$", `{"password":"` + secret + `"}`}, {"SCRIPT", "LOAD", secret}, {"CONFIG SET requirepass " + secret},
			{"FCALL", "f", 1, "k", secret}, {"REPLICAOF", "u:" + secret + "@h", 1}, {"SENTINEL", "SET", "m", "auth-pass", secret}, {"CLIENT", "SETNAME", secret}, {"DEBUG", "SET", secret}, {"FT.SEARCH", "i", secret}, {"MODULE", "LOAD", "x", secret},
		} {
			client.Do(ctx, args...)
		}
		pipeline := client.TxPipeline()
		pipeline.Set(ctx, "k", secret, 0)
		pipeline.Do(ctx, "AUTH", secret)
		pipeline.Exec(ctx)
		client.Subscribe(ctx, "c").Close()
		client.Close()
	}

	for _, name := range []string{"mongodb://" + user + "@" + nowhere + ",127.0.0.1:2/shop?authSource=admin", "mongodb://u:" + secret + "@" + nowhere + "/shop", "mongodb://" + nowhere + "/?password=" + url.QueryEscape(secret)} {
		client, err := mongo.Connect(ctx, options.Client().ApplyURI(name).SetServerSelectionTimeout(200*time.Millisecond))
		if err != nil {
			continue
		}
		users := client.Database("shop").Collection("users")
		users.InsertOne(ctx, bson.M{"password": secret})
		users.FindOne(ctx, bson.M{"password": secret, "$where": "this.x == '" + secret + "'"})
		client.Database("admin").RunCommand(ctx, bson.D{{Key: "createUser", Value: "bob"}, {Key: "pwd", Value: secret}})
		client.Disconnect(ctx)
	}
}

// refusing is a server of Redis' protocol that quotes what it is sent.
func refusing() (address string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				for lines := bufio.NewScanner(conn); lines.Scan(); {
					if text := lines.Text(); text != "" && text[0] == '*' {
						io.WriteString(conn, "-ERR unknown user or password "+secret+"\r\n")
					}
				}
			}()
		}
	}()
	return listener.Addr().String()
}
