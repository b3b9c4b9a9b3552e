// SPDX-License-Identifier: Apache-2.0

// A program that does with gorm what programs do, in a handler.
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
	"syscall"
	"time"

	"gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

const secret = "planted-secret-4711"

// User has orders.
type User struct {
	ID     uint
	Name   string `gorm:"size:80;unique"`
	Orders []Order
}

// Order is of a user.
type Order struct {
	ID     uint
	UserID uint
	Item   string
}

// AfterCreate is the program's own hook, which goes on being called.
func (u *User) AfterCreate(tx *gorm.DB) error {
	var n int64
	err := tx.Model(&Order{}).Count(&n).Error
	fmt.Println("created", u.Name, n)
	return err
}

func main() {
	db := open()
	check(db.AutoMigrate(&User{}, &Order{}))
	check(db.Callback().Query().Before("gorm:query").Register("own", func(*gorm.DB) { fmt.Println("own callback") }))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		shop(db.WithContext(r.Context()))
		edges(r.Context(), db)
	}))
	defer server.Close()
	resp, err := http.Get(server.URL)
	check(err)
	resp.Body.Close()
	concurrent(db)
	fmt.Println("done")
}

func check(err error) {
	if err != nil {
		fmt.Println("unexpected:", err)
		os.Exit(1)
	}
}

func open() *gorm.DB {
	db, err := gorm.Open(mysql.Open("root@tcp(127.0.0.1:"+os.Getenv("PORT")+")/mysql"), &gorm.Config{Logger: logger.Discard})
	check(err)
	check(db.Exec("CREATE DATABASE shop").Error)
	check(db.Exec("CREATE USER shop@'127.0.0.1' IDENTIFIED BY '" + secret + "'").Error)
	check(db.Exec("GRANT ALL ON shop.* TO shop@'127.0.0.1'").Error)
	db, err = gorm.Open(mysql.Open("shop:"+secret+"@tcp(127.0.0.1:"+os.Getenv("PORT")+")/shop"), &gorm.Config{Logger: logger.Discard})
	check(err)
	return db
}

func shop(db *gorm.DB) {
	user := User{Name: secret, Orders: []Order{{Item: secret}, {Item: "b"}}}
	check(db.Create(&user).Error)
	var found User
	check(db.Preload("Orders").Where("name = '" + secret + "'").First(&found).Error)
	fmt.Println(found.Name, len(found.Orders))
	fmt.Println("nobody:", errors.Is(db.First(&User{}, 99).Error, gorm.ErrRecordNotFound))
	check(db.Model(&user).Update("name", "new-"+secret).Error)
	var n int64
	check(db.Raw("SELECT count(*) FROM orders WHERE item = ?", secret).Scan(&n).Error)
	fmt.Println(n)
	rows, err := db.Model(&Order{}).Rows()
	check(err)
	for rows.Next() {
		n++
	}
	check(rows.Close())
	fmt.Println(n)
	check(db.Transaction(func(tx *gorm.DB) error {
		return tx.Exec("UPDATE orders SET item = 'c'").Error
	}))
	fmt.Println("built:", db.Session(&gorm.Session{DryRun: true}).Find(&User{}).Statement.SQL.String())

	// One statement that is used again.
	same := db.Model(&Order{})
	check(same.Count(&n).Error)
	check(same.Find(&[]Order{}).Error)
	check(db.Delete(&Order{}, "item = ?", "c").Error)
}

func edges(ctx context.Context, db *gorm.DB) {
	db = db.WithContext(ctx)
	fmt.Println("twice:", db.Create(&User{Name: "new-" + secret}).Error != nil)
	fmt.Println("no table:", db.Table("nowhere").Where("a = ?", secret).Find(&[]User{}).Error != nil)
	fmt.Println("no model:", db.Find(nil).Error)
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	fmt.Println("cancelled:", errors.Is(db.WithContext(cancelled).Find(&[]User{}).Error, context.Canceled))
	late, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	fmt.Println("too late:", errors.Is(db.WithContext(late).Exec("DO SLEEP(5)").Error, context.DeadlineExceeded))
	fmt.Println("big:", db.Exec("UPDATE orders SET item = ? WHERE id = 0", strings.Repeat(secret, 1<<14)).Error)
	func() {
		// database/sql keeps a lock then: nobody can use this one.
		broken, err := gorm.Open(mysql.Open("shop:"+secret+"@tcp(127.0.0.1:"+os.Getenv("PORT")+")/shop"), &gorm.Config{Logger: logger.Discard})
		check(err)
		defer func() { fmt.Println("nil context:", recover() != nil) }()
		broken.WithContext(nil).Find(&[]User{})
	}()
	_, err := gorm.Open(mysql.Open("shop:"+secret+"@tcp(127.0.0.1:"+os.Getenv("CLOSED")+")/shop"), &gorm.Config{Logger: logger.Discard})
	fmt.Println("refused:", errors.Is(err, syscall.ECONNREFUSED))
}

func concurrent(db *gorm.DB) {
	pool, err := db.DB()
	check(err)
	pool.SetMaxOpenConns(4)
	var all sync.WaitGroup
	for i := 0; i < 4; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for j := 0; j < 2; j++ {
				check(db.Exec("UPDATE users SET name = name").Error)
			}
		}()
	}
	all.Wait()
	check(pool.Close())
	fmt.Println("closed:", db.Find(&[]User{}).Error)
}
