package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net"
	"os"

	"github.com/XSAM/otelsql"
	"github.com/exaring/otelpgx"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/redis/go-redis/extra/redisotel/v9"
	"github.com/redis/go-redis/v9"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.opentelemetry.io/contrib/instrumentation/go.mongodb.org/mongo-driver/mongo/otelmongo"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
)

// healthy is a server whose calls describe their span.
type healthy struct{ *health.Server }

func (h healthy) Check(ctx context.Context, r *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	described(ctx)
	return h.Server.Check(ctx, r)
}

func otelgrpcBoth(provider trace.TracerProvider) {
	all := []otelgrpc.Option{otelgrpc.WithMessageEvents(otelgrpc.ReceivedEvents, otelgrpc.SentEvents)}
	if provider != trace.TracerProvider(global) {
		all = append(all, otelgrpc.WithTracerProvider(provider))
	}
	server := grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler(all...)))
	grpc_health_v1.RegisterHealthServer(server, healthy{health.NewServer()})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	go server.Serve(listener)
	conn, err := grpc.NewClient(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithStatsHandler(otelgrpc.NewClientHandler(all...)))
	must(err)
	within(provider, func(ctx context.Context) {
		_, err := grpc_health_v1.NewHealthClient(conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{})
		must(err)
		_, err = grpc_health_v1.NewHealthClient(conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{Service: "nobody"})
		if err == nil {
			must(errors.New("there is a service nobody"))
		}
	})
	conn.Close()
	server.GracefulStop()
}

// fake is a driver without a database.
type fake struct{}

func (fake) Open(string) (driver.Conn, error)    { return fake{}, nil }
func (fake) Prepare(string) (driver.Stmt, error) { return nil, errors.New("no statements") }
func (fake) Close() error                        { return nil }
func (fake) Begin() (driver.Tx, error)           { return fake{}, nil }
func (fake) Commit() error                       { return nil }
func (fake) Rollback() error                     { return nil }
func (fake) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return driver.RowsAffected(1), nil
}

func init() { sql.Register("fake", fake{}) }

func otelsqlClient(provider trace.TracerProvider) {
	var all []otelsql.Option
	if provider != trace.TracerProvider(global) {
		all = append(all, otelsql.WithTracerProvider(provider))
	}
	db, err := otelsql.Open("fake", "", all...)
	must(err)
	within(provider, func(ctx context.Context) {
		_, err := db.ExecContext(ctx, "UPDATE stock SET n = n - 1")
		must(err)
		tx, err := db.BeginTx(ctx, nil)
		must(err)
		_, err = tx.ExecContext(ctx, "UPDATE stock SET n = n - 1")
		must(err)
		must(tx.Commit())
	})
	must(db.Close())
}

func redisotelClient(provider trace.TracerProvider) {
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + os.Getenv("REDIS"), Protocol: 2, DisableIdentity: true})
	var all []redisotel.TracingOption
	if provider != trace.TracerProvider(global) {
		all = append(all, redisotel.WithTracerProvider(provider))
	}
	must(redisotel.InstrumentTracing(client, all...))
	within(provider, func(ctx context.Context) {
		must(client.Set(ctx, "key", "value", 0).Err())
		must(client.Get(ctx, "key").Err())
		_, err := client.Pipelined(ctx, func(p redis.Pipeliner) error {
			p.Get(ctx, "key")
			p.Del(ctx, "key")
			return nil
		})
		must(err)
	})
	must(client.Close())
}

func otelmongoClient(provider trace.TracerProvider) {
	var all []otelmongo.Option
	if provider != trace.TracerProvider(global) {
		all = append(all, otelmongo.WithTracerProvider(provider))
	}
	ctx := context.Background()
	client, err := mongo.Connect(ctx, options.Client().ApplyURI("mongodb://127.0.0.1:"+os.Getenv("MONGO")).SetMonitor(otelmongo.NewMonitor(all...)))
	must(err)
	stock := client.Database("shop").Collection("stock")
	within(provider, func(ctx context.Context) {
		_, err := stock.InsertOne(ctx, bson.M{"n": 1})
		must(err)
		must(stock.FindOne(ctx, bson.M{"n": 1}).Err())
	})
	must(client.Disconnect(ctx))
}

// pgx beneath database/sql, with a tracer.
func otelpgxClient(provider trace.TracerProvider) {
	config, err := pgx.ParseConfig("postgres://postgres@127.0.0.1:" + os.Getenv("POSTGRES") + "/postgres")
	must(err)
	var all []otelpgx.Option
	if provider != trace.TracerProvider(global) {
		all = append(all, otelpgx.WithTracerProvider(provider))
	}
	config.Tracer = otelpgx.NewTracer(all...)
	db := stdlib.OpenDB(*config)
	within(provider, func(ctx context.Context) {
		_, err := db.ExecContext(ctx, "SELECT 1")
		must(err)
	})
	must(db.Close())
}

// pgx itself, and its pool, with a tracer.
func otelpgxNative(provider trace.TracerProvider) {
	config, err := pgxpool.ParseConfig("postgres://postgres@127.0.0.1:" + os.Getenv("POSTGRES") + "/postgres?pool_max_conns=1")
	must(err)
	var all []otelpgx.Option
	if provider != trace.TracerProvider(global) {
		all = append(all, otelpgx.WithTracerProvider(provider))
	}
	config.ConnConfig.Tracer = otelpgx.NewTracer(all...)
	within(provider, func(ctx context.Context) {
		pool, err := pgxpool.NewWithConfig(ctx, config)
		must(err)
		_, err = pool.Exec(ctx, "SELECT 1")
		must(err)
		var n int
		must(pool.QueryRow(ctx, "SELECT $1::int", 7).Scan(&n))
		b := &pgx.Batch{}
		b.Queue("SELECT 2")
		b.Queue("SELECT 3")
		must(pool.SendBatch(ctx, b).Close())
		tx, err := pool.Begin(ctx)
		must(err)
		_, err = tx.Exec(ctx, "CREATE TEMPORARY TABLE copied (n int) ON COMMIT DROP")
		must(err)
		_, err = tx.CopyFrom(ctx, pgx.Identifier{"copied"}, []string{"n"}, pgx.CopyFromRows([][]any{{1}}))
		must(err)
		must(tx.Commit(ctx))
		pool.Close()
	})
}
