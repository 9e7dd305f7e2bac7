-------------------------------- MODULE part2 ---------------------------------
\* Replication, part 2: listed again
\*
\* Before the switch-over the replication set is listed again: it takes in all tables, and
\* the rows of the new ones are copied. The pause waits for that, so the trace of part 1 is
\* refused. The checker finds that NoRowLost fails all the same, at best in 9 states: a
\* migration slips in between the list and the pause.

EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
  Provider,      \* the database that the clients leave
  Subscriber,    \* the database that they switch over to
  Clients,       \* the nodes that write
  Tables,        \* the tables there are in the end
  OldTables,     \* the tables there are at the start; migrations create the others
  MaxWrites      \* how many rows each client writes at most

Databases == {Provider, Subscriber}

Nodes == Databases \union Clients

VARIABLES
  inbox,         \* for each node, the messages that wait for it, the oldest first
  links,         \* for each database, the databases that it reaches
  mode,          \* for each database, "standby", "open", "listed", "paused" or "closed"
  tables,        \* for each database, the tables that it has
  rows,          \* for each database, the rows of all its tables
  sequence,      \* for each database and table, the key of the next row
  published,     \* for each database, its replication set: the tables whose changes it sends
  kept,          \* for each database, the changes that it could not send yet
  written,       \* for each client, how many rows it wrote
  acknowledged   \* for each client, the rows that it was told are stored

vars ==
  <<inbox, links, mode, tables, rows, sequence, published, kept, written, acknowledged>>

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ links = [d \in Databases |-> Databases \ {d}]
  /\ mode = [d \in Databases |-> IF d = Provider THEN "open" ELSE "standby"]
  /\ tables = [d \in Databases |-> OldTables]
  /\ rows = [d \in Databases |-> {}]
  /\ sequence = [d \in Databases |-> [t \in Tables |-> 1]]
  /\ published = [d \in Databases |-> IF d = Provider THEN OldTables ELSE {}]
  /\ kept = [d \in Databases |-> <<>>]
  /\ written = [c \in Clients |-> 0]
  /\ acknowledged = [c \in Clients |-> {}]

\* The row that a client's write becomes under the next key.
Row(write, next) ==
  [table |-> write.table, key |-> next, by |-> write.from, number |-> write.number]

\* d takes writes from clients.
Open(d) == mode[d] \in {"open", "listed"}

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) ==
  /\ inbox[n] # <<>>
  /\ Head(inbox[n]).kind = kind

\* The inboxes when n has read its oldest message.
Read(n) == [inbox EXCEPT ![n] = Tail(@)]

-----------------------------------------------------------------------------
\* The clients

\* c writes a row into table t of the open database. It writes one row at a time.
Write(c, t) ==
  /\ written[c] < MaxWrites
  /\ written[c] = Cardinality(acknowledged[c])
  /\ \E d \in Databases :
       /\ Open(d)
       /\ t \in tables[d]
       /\ inbox' =
            [inbox EXCEPT ![d] =
              Append(@, [kind |-> "write", from |-> c, table |-> t, number |-> written[c] + 1])]
  /\ written' = [written EXCEPT ![c] = @ + 1]
  /\ UNCHANGED <<links, mode, tables, rows, sequence, published, kept, acknowledged>>

\* c reads that its row is stored.
Stored(c) ==
  /\ Received(c, "stored")
  /\ acknowledged' = [acknowledged EXCEPT ![c] = @ \union {Head(inbox[c]).row}]
  /\ inbox' = Read(c)
  /\ UNCHANGED <<links, mode, tables, rows, sequence, published, kept, written>>

-----------------------------------------------------------------------------
\* The databases

\* The provider reaches the subscriber.
Linked == Subscriber \in links[Provider]

\* The inboxes when the provider has sent changes, if it reaches the subscriber.
Sent(boxes, changes) ==
  IF Linked THEN [boxes EXCEPT ![Subscriber] = @ \o changes] ELSE boxes

\* What is kept then: all that could not be sent.
KeptThen(changes) ==
  IF Linked THEN kept ELSE [kept EXCEPT ![Provider] = @ \o changes]

\* The message that tells the subscriber of a new row.
Change(row) == [kind |-> "change", from |-> Provider, row |-> row]

\* The elements of a set, one after the other.
InOrder(set) ==
  CHOOSE order \in [1..Cardinality(set) -> set] : {order[i] : i \in DOMAIN order} = set

\* d stores a client's row under the next key and answers. If the table is in the
\* replication set, the change goes to the subscriber.
Insert(d) ==
  /\ Received(d, "write")
  /\ LET write == Head(inbox[d])
         row == Row(write, sequence[d][write.table])
         changes == IF row.table \in published[d] THEN <<Change(row)>> ELSE <<>>
         answer == [kind |-> "stored", from |-> d, row |-> row]
     IN  /\ rows' = [rows EXCEPT ![d] = @ \union {row}]
         /\ sequence' = [sequence EXCEPT ![d][row.table] = @ + 1]
         /\ inbox' = Sent([Read(d) EXCEPT ![write.from] = Append(@, answer)], changes)
         /\ kept' = KeptThen(changes)
  /\ UNCHANGED <<links, mode, tables, published, written, acknowledged>>

\* d has the row's table, and the row's key is free there.
Fits(d, row) ==
  /\ row.table \in tables[d]
  /\ \A other \in rows[d] : <<other.table, other.key>> # <<row.table, row.key>>

\* The subscriber applies a change. If the row does not fit, the change waits, and all later
\* ones with it.
Apply(d) ==
  /\ Received(d, "change")
  /\ LET row == Head(inbox[d]).row
     IN  /\ Fits(d, row)
         /\ rows' = [rows EXCEPT ![d] = @ \union {row}]
  /\ inbox' = Read(d)
  /\ UNCHANGED <<links, mode, tables, sequence, published, kept, written, acknowledged>>

\* The tables that a migration can create on d. Before the switch-over the subscriber follows
\* the provider.
Missing(d) ==
  CASE Open(d) -> Tables \ tables[d]
    [] mode[d] = "standby" -> tables[Provider] \ tables[d]
    [] OTHER -> {}

\* A migration creates table t.
Migrate(d, t) ==
  /\ t \in Missing(d)
  /\ tables' = [tables EXCEPT ![d] = @ \union {t}]
  /\ UNCHANGED <<inbox, links, mode, rows, sequence, published, kept, written, acknowledged>>

-----------------------------------------------------------------------------
\* The link

\* The link between provider and subscriber is cut.
Disconnect(d) ==
  /\ links[d] # {}
  /\ links' = [e \in Databases |-> {}]
  /\ UNCHANGED <<inbox, mode, tables, rows, sequence, published, kept, written, acknowledged>>

\* The link is healed, and the provider sends what it has kept.
Reconnect(d) ==
  /\ links[d] = {}
  /\ links' = [e \in Databases |-> Databases \ {e}]
  /\ inbox' = [inbox EXCEPT ![Subscriber] = @ \o kept[d]]
  /\ kept' = [kept EXCEPT ![d] = <<>>]
  /\ UNCHANGED <<mode, tables, rows, sequence, published, written, acknowledged>>

-----------------------------------------------------------------------------
\* The switch-over

\* The replication set takes in all tables that there are. The rows of those that are new in
\* it are copied.
List(d) ==
  /\ mode[d] = "open"
  /\ mode' = [mode EXCEPT ![d] = "listed"]
  /\ published' = [published EXCEPT ![d] = tables[d]]
  /\ LET new == {row \in rows[d] : row.table \notin published[d]}
         changes == InOrder({Change(row) : row \in new})
     IN  /\ inbox' = Sent(inbox, changes)
         /\ kept' = KeptThen(changes)
  /\ UNCHANGED <<links, tables, rows, sequence, written, acknowledged>>

\* The set is listed. The provider takes no more writes but those under way.
Pause(d) ==
  /\ mode[d] = "listed"
  /\ mode' = [mode EXCEPT ![d] = "paused"]
  /\ UNCHANGED <<inbox, links, tables, rows, sequence, published, kept, written, acknowledged>>

\* Nothing is under way, and the subscriber has all tables: from now on the clients write
\* to the subscriber.
SwitchOver(d) ==
  /\ mode[d] = "paused"
  /\ inbox[d] = <<>>
  /\ kept[d] = <<>>
  /\ inbox[Subscriber] = <<>>
  /\ tables[d] \subseteq tables[Subscriber]
  /\ mode' = [mode EXCEPT ![d] = "closed", ![Subscriber] = "open"]
  /\ UNCHANGED <<inbox, links, tables, rows, sequence, published, kept, written, acknowledged>>

Next ==
  \/ \E c \in Clients :
       \/ \E t \in Tables : Write(c, t)
       \/ Stored(c)
  \/ \E d \in Databases :
       \/ Insert(d)
       \/ \E t \in Tables : Migrate(d, t)
  \/ Apply(Subscriber)
  \/ Disconnect(Provider)
  \/ Reconnect(Provider)
  \/ List(Provider)
  \/ Pause(Provider)
  \/ SwitchOver(Provider)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------

\* After the switch-over every acknowledged row is there.
NoRowLost ==
  \A c \in Clients :
    mode[Subscriber] = "open" => acknowledged[c] \subseteq rows[Subscriber]

=============================================================================
