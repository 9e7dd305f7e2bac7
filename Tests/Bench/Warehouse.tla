------------------------------- MODULE Warehouse ------------------------------
\* Warehouse: orders over several stores
\*
\* Each store keeps, for each item, how many are on the shelf and how many are reserved.
\* A customer's order asks for amounts of items. A store reserves what an order asks for,
\* then ships it or releases it; goods that are missing are moved from another store.
\*
\* Stresses: functions in records in functions, EXCEPT with paths, records compared.

EXTENDS Naturals, FiniteSets

CONSTANTS
  Stores,      \* the stores
  Items,       \* the items
  Orders,      \* the orders
  Stock        \* how many of each item a store has at first

VARIABLES
  stores,      \* for each store, its shelves: for each item [free, reserved]
  orders       \* for each order, its status, the store that serves it, and its lines

vars == <<stores, orders>>

NoStore == "no store"
Amounts == 0..2
Statuses == {"new", "reserved", "shipped", "released"}

Shelf == [free : 0..(Stock * Cardinality(Stores)), reserved : 0..(Stock * Cardinality(Stores))]
Order == [status : Statuses, from : Stores \union {NoStore}, lines : [Items -> Amounts]]

TypeOK ==
  /\ \A s \in Stores : stores[s].moves \in 0..1 /\ \A i \in Items : stores[s].shelves[i] \in Shelf
  /\ DOMAIN orders = Orders
  /\ \A o \in Orders : orders[o] \in Order

Init ==
  /\ stores =
       [s \in Stores |->
         [shelves |-> [i \in Items |-> [free |-> Stock, reserved |-> 0]], moves |-> 0]]
  /\ orders =
       [o \in Orders |-> [status |-> "new", from |-> NoStore, lines |-> [i \in Items |-> 0]]]

\* Another one of an item is put on an order that no store has seen.
PutLine(o, i) ==
  /\ orders[o].status = "new"
  /\ orders[o].lines[i] < 2
  /\ orders' = [orders EXCEPT ![o].lines[i] = @ + 1]
  /\ UNCHANGED stores

\* A store has everything that an order asks for, and puts it aside.
Reserve(o, s) ==
  /\ orders[o].status = "new"
  /\ \E i \in Items : orders[o].lines[i] > 0
  /\ \A i \in Items : orders[o].lines[i] <= stores[s].shelves[i].free
  /\ stores' =
       [stores EXCEPT ![s].shelves =
         [i \in Items |->
           [free |-> @[i].free - orders[o].lines[i],
            reserved |-> @[i].reserved + orders[o].lines[i]]]]
  /\ orders' = [orders EXCEPT ![o].status = "reserved", ![o].from = s]

Ship(o) ==
  /\ orders[o].status = "reserved"
  /\ LET s == orders[o].from
     IN  stores' =
           [stores EXCEPT ![s].shelves =
             [i \in Items |-> [@[i] EXCEPT !.reserved = @ - orders[o].lines[i]]]]
  /\ orders' = [orders EXCEPT ![o].status = "shipped"]

\* The customer changes their mind.
Release(o) ==
  /\ orders[o].status = "reserved"
  /\ LET s == orders[o].from
     IN  stores' =
           [stores EXCEPT ![s].shelves =
             [i \in Items |->
               [free |-> @[i].free + orders[o].lines[i],
                reserved |-> @[i].reserved - orders[o].lines[i]]]]
  /\ orders' = [orders EXCEPT ![o] = [@ EXCEPT !.status = "released", !.from = NoStore]]

\* One item is moved to a store that has none left.
Move(i, from, to) ==
  /\ stores[to].shelves[i].free = 0
  /\ stores[from].shelves[i].free > 0
  /\ stores[to].moves = 0
  /\ stores' =
       [stores EXCEPT
         ![from].shelves[i].free = @ - 1, ![to].shelves[i].free = @ + 1, ![to].moves = @ + 1]
  /\ UNCHANGED orders

Next ==
  \/ \E o \in Orders, i \in Items : PutLine(o, i)
  \/ \E o \in Orders, s \in Stores : Reserve(o, s)
  \/ \E o \in Orders : Ship(o) \/ Release(o)
  \/ \E i \in Items, from, to \in Stores : from # to /\ Move(i, from, to)

Spec == Init /\ [][Next]_vars

RECURSIVE Sum(_, _)
Sum(f, S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \in S : TRUE IN f[x] + Sum(f, S \ {x})

\* What is reserved in a store is exactly what the orders that it serves ask for.
ReservedForOrders ==
  \A s \in Stores, i \in Items :
    stores[s].shelves[i].reserved =
      Sum(
        [o \in Orders |->
          IF orders[o].status = "reserved" /\ orders[o].from = s THEN orders[o].lines[i] ELSE 0],
        Orders)

===============================================================================
