// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"os"

	"github.com/gorilla/mux"
	_ "github.com/jackc/pgx/v5/stdlib"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

func newPrice(bank func(context.Context, string) string) http.Handler {
	ctx := context.Background()
	db, err := sql.Open("pgx", "postgres://postgres:"+secret+"@127.0.0.1:"+os.Getenv("POSTGRES")+"/postgres?sslmode=disable")
	check(err)
	_, err = db.Exec("CREATE TABLE prices (article VARCHAR(80), price INT)")
	check(err)
	_, err = db.Exec("INSERT INTO prices VALUES ('tea', 4711), ('" + secret + "', 1)")
	check(err)
	client, err := mongo.Connect(ctx, options.Client().ApplyURI("mongodb://127.0.0.1:"+os.Getenv("MONGO")))
	check(err)
	rates := client.Database("shop").Collection("rates")
	_, err = rates.InsertOne(ctx, bson.M{"_id": "EUR", "note": secret})
	check(err)
	log := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))

	router := mux.NewRouter()
	router.HandleFunc("/price/{article}", func(w http.ResponseWriter, r *http.Request) {
		var price int
		row := db.QueryRowContext(r.Context(), "SELECT price FROM prices WHERE article = $1 AND article <> '"+secret+"'", mux.Vars(r)["article"])
		check(row.Scan(&price))
		check(rates.FindOne(r.Context(), bson.M{"note": secret}).Err())
		log.InfoContext(r.Context(), "a price", "price", price)
		fmt.Fprintln(w, price, bank(r.Context(), "EUR"))
	})
	return router
}
