-------------------------------- MODULE part4 ---------------------------------
\* Connection pool, part 4: new credentials
\*
\* A pooler needs a credential to connect. The store has the current one, a pooler reads it
\* when it starts, and the database accepts no other. When the credential is rotated, the
\* store tells the database and the poolers. The checker finds that NoneRefused fails, at
\* best in 10 states: the database reads of it first, a pooler connects with the credential
\* that it still has, is denied, and refuses its client. So it goes until the pooler reads
\* of the new one, although the database has connections to spare.

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,           \* the database, the store, the poolers, and the clients
  Clients,         \* the nodes that send requests
  Poolers,         \* the nodes that have connections
  Stores,          \* the node that has leases and credential; the remaining one is the
                   \* database
  MaxConnections,  \* how many connections the database admits at most
  MaxCrashes,      \* how many times poolers crash at most
  MaxRotations     \* how many times the credential is rotated at most

VARIABLES
  inbox,           \* for each node, the messages that wait for it, the oldest first
  memory,          \* for each node, what it knows: a client whom it waits for; a pooler
                   \* which clients wait, how many leases it has asked for, how many
                   \* connections it has opened, how many of them are free, and its
                   \* credential; the database how many each pooler has, and which
                   \* credentials it accepts; the store the leases of each, and the
                   \* credential
  up,              \* for each node, whether it runs
  crashes          \* how many times poolers crashed

vars == <<inbox, memory, up, crashes>>

Databases == Nodes \ (Clients \union Poolers \union Stores)

\* What a pooler knows before it starts: no credential yet.
Empty == [waiting |-> <<>>, wanted |-> 0, open |-> 0, free |-> 0, credential |-> 0]

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ memory =
       [n \in Nodes |->
         CASE n \in Clients -> [asked |-> {}]
           [] n \in Poolers -> [Empty EXCEPT !.credential = 1]
           [] n \in Stores -> [leases |-> [p \in Poolers |-> 0], credential |-> 1]
           [] OTHER -> [connections |-> [p \in Poolers |-> 0], accepted |-> {1}]]
  /\ up = [n \in Nodes |-> TRUE]
  /\ crashes = 0

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) ==
  /\ inbox[n] # <<>>
  /\ Head(inbox[n]).action = kind

\* The inboxes when n has read its oldest message.
Read(n) == [inbox EXCEPT ![n] = Tail(@)]

\* The inboxes when n has read its oldest message and sent one to m. What is sent to a node
\* that does not run is lost.
ReadAndSend(n, m, message) ==
  IF up[m] THEN [Read(n) EXCEPT ![m] = Append(@, message)] ELSE Read(n)

-----------------------------------------------------------------------------
\* The clients

\* c sends a request to a pooler that runs.
Request(c) ==
  /\ memory[c].asked = {}
  /\ inbox[c] = <<>>
  /\ \E p \in Poolers :
       /\ up[p]
       /\ memory' = [memory EXCEPT ![c].asked = {p}]
       /\ inbox' = [inbox EXCEPT ![p] = Append(@, [action |-> "request", from |-> c])]
  /\ UNCHANGED <<up, crashes>>

\* c waits for an answer of pooler p.
WaitsFor(c, p) == c \in Clients /\ memory[c].asked = {p}

\* c learns that its pooler is gone, and asks again if it still waits for that one.
AskAgain(c) ==
  /\ Received(c, "gone")
  /\ IF WaitsFor(c, Head(inbox[c]).from)
     THEN \E p \in Poolers :
            /\ up[p]
            /\ memory' = [memory EXCEPT ![c].asked = {p}]
            /\ inbox' = ReadAndSend(c, p, [action |-> "request", from |-> c])
     ELSE /\ inbox' = Read(c)
          /\ UNCHANGED memory
  /\ UNCHANGED <<up, crashes>>

\* c reads its answer, or that there is none for it.
ReadAnswer(c) ==
  /\ Received(c, "answer") \/ Received(c, "refused")
  /\ memory' = [memory EXCEPT ![c].asked = {}]
  /\ inbox' = Read(c)
  /\ UNCHANGED <<up, crashes>>

-----------------------------------------------------------------------------
\* The poolers

\* The messages of a pooler to the store and the database.
LeaseOf(p) == [action |-> "lease", from |-> p]
ConnectOf(p) ==
  [action |-> "connect", from |-> p, credential |-> memory[p].credential]
CloseOf(p) == [action |-> "close", from |-> p]
QueryOf(p, c) == [action |-> "query", from |-> p, client |-> c]

\* The pooler takes a request. It sends the query over a free connection. If it has none,
\* the client waits, and the pooler asks for a lease unless it has asked for enough.
Take(p) ==
  /\ Received(p, "request")
  /\ LET c == Head(inbox[p]).from
         mayAsk ==
           /\ memory[p].wanted <= Len(memory[p].waiting)
           /\ memory[p].wanted + memory[p].open < MaxConnections
     IN  \E d \in Databases, s \in Stores :
           CASE memory[p].free > 0 ->
                  /\ memory' = [memory EXCEPT ![p].free = @ - 1]
                  /\ inbox' = ReadAndSend(p, d, QueryOf(p, c))
             [] memory[p].free = 0 /\ mayAsk ->
                  /\ memory' =
                       [memory EXCEPT ![p].waiting = Append(@, c), ![p].wanted = @ + 1]
                  /\ inbox' = ReadAndSend(p, s, LeaseOf(p))
             [] OTHER ->
                  /\ memory' = [memory EXCEPT ![p].waiting = Append(@, c)]
                  /\ inbox' = Read(p)
  /\ UNCHANGED <<up, crashes>>

\* The pooler has a lease, and opens a connection.
Leased(p) ==
  /\ Received(p, "leased")
  /\ \E d \in Databases :
       /\ memory' = [memory EXCEPT ![p].wanted = @ - 1, ![p].open = @ + 1]
       /\ inbox' = ReadAndSend(p, d, ConnectOf(p))
  /\ UNCHANGED <<up, crashes>>

\* The pooler has a new connection, and sends the query of the client that waits longest.
Connected(p) ==
  /\ Received(p, "connected")
  /\ LET d == Head(inbox[p]).from
     IN  IF memory[p].waiting = <<>>
         THEN /\ memory' = [memory EXCEPT ![p].free = @ + 1]
              /\ inbox' = Read(p)
         ELSE /\ memory' = [memory EXCEPT ![p].waiting = Tail(@)]
              /\ inbox' = ReadAndSend(p, d, QueryOf(p, Head(memory[p].waiting)))
  /\ UNCHANGED <<up, crashes>>

\* The database has refused a connection: the pooler refuses the client that waits longest.
Refuse(p) ==
  /\ Received(p, "too_many") \/ Received(p, "denied")
  /\ IF memory[p].waiting = <<>>
     THEN /\ memory' = [memory EXCEPT ![p].open = @ - 1]
          /\ inbox' = Read(p)
     ELSE /\ memory' = [memory EXCEPT ![p].open = @ - 1, ![p].waiting = Tail(@)]
          /\ inbox' =
               ReadAndSend(p, Head(memory[p].waiting), [action |-> "refused", from |-> p])
  /\ UNCHANGED <<up, crashes>>

\* The pooler passes a result to its client, and uses the connection for the next one.
Reply(p) ==
  /\ Received(p, "result")
  /\ LET result == Head(inbox[p])
         replied == ReadAndSend(p, result.client, [action |-> "answer", from |-> p])
     IN  IF memory[p].waiting = <<>>
         THEN /\ memory' = [memory EXCEPT ![p].free = @ + 1]
              /\ inbox' = replied
         ELSE /\ memory' = [memory EXCEPT ![p].waiting = Tail(@)]
              /\ inbox' =
                   [replied EXCEPT ![result.from] =
                      Append(@, QueryOf(p, Head(memory[p].waiting)))]
  /\ UNCHANGED <<up, crashes>>

\* The pooler reads of the new credential.
Renew(p) ==
  /\ Received(p, "rotated")
  /\ memory' = [memory EXCEPT ![p].credential = Head(inbox[p]).credential]
  /\ inbox' = Read(p)
  /\ UNCHANGED <<up, crashes>>

\* The pooler has not used a connection for some time: it closes it, and no longer renews
\* the lease.
Close(p) ==
  /\ memory[p].free > 0
  /\ \E d \in Databases :
       /\ memory' = [memory EXCEPT ![p].open = @ - 1, ![p].free = @ - 1]
       /\ inbox' = [inbox EXCEPT ![d] = Append(@, CloseOf(p))]
  /\ UNCHANGED <<up, crashes>>

\* The pooler crashes: its memory and its inbox are lost. The database and the clients that
\* wait for it are told that the connections are gone.
Crash(p) ==
  /\ up[p]
  /\ crashes < MaxCrashes
  /\ crashes' = crashes + 1
  /\ up' = [up EXCEPT ![p] = FALSE]
  /\ memory' = [memory EXCEPT ![p] = Empty]
  /\ inbox' =
       [n \in Nodes |->
         CASE n = p -> <<>>
           [] n \in Databases \/ WaitsFor(n, p) ->
                Append(inbox[n], [action |-> "gone", from |-> p])
           [] OTHER -> inbox[n]]

\* The pooler starts again, once everything from its earlier life has been read, with the
\* credential of the store.
Restart(p) ==
  /\ ~up[p]
  /\ \A n \in Databases \union Stores :
       \A i \in 1..Len(inbox[n]) : inbox[n][i].from # p
  /\ up' = [up EXCEPT ![p] = TRUE]
  /\ \E s \in Stores :
       memory' = [memory EXCEPT ![p].credential = memory[s].credential]
  /\ UNCHANGED <<inbox, crashes>>

-----------------------------------------------------------------------------
\* The database

\* The sum of the counts of some poolers.
RECURSIVE Sum(_, _)
Sum(counts, poolers) ==
  IF poolers = {}
  THEN 0
  ELSE LET p == CHOOSE p \in poolers : TRUE
       IN  counts[p] + Sum(counts, poolers \ {p})

\* The database admits a connection, or refuses it because there are too many or because it
\* does not accept the credential.
Admit(d) ==
  /\ Received(d, "connect")
  /\ LET p == Head(inbox[d]).from
         answer(kind) == ReadAndSend(d, p, [action |-> kind, from |-> d])
     IN  CASE Head(inbox[d]).credential \notin memory[d].accepted ->
                /\ inbox' = answer("denied")
                /\ UNCHANGED memory
           [] Sum(memory[d].connections, Poolers) < MaxConnections ->
                /\ memory' = [memory EXCEPT ![d].connections[p] = @ + 1]
                /\ inbox' = answer("connected")
           [] OTHER ->
                /\ inbox' = answer("too_many")
                /\ UNCHANGED memory
  /\ UNCHANGED <<up, crashes>>

\* The database runs a query.
Run(d) ==
  /\ Received(d, "query")
  /\ LET query == Head(inbox[d])
     IN  inbox' =
           ReadAndSend(d, query.from,
                       [action |-> "result", from |-> d, client |-> query.client])
  /\ UNCHANGED <<memory, up, crashes>>

\* The database learns that a pooler has closed a connection.
Closed(d) ==
  /\ Received(d, "close")
  /\ memory' = [memory EXCEPT ![d].connections[Head(inbox[d]).from] = @ - 1]
  /\ inbox' = Read(d)
  /\ UNCHANGED <<up, crashes>>

\* The database learns that the connections of a pooler are gone.
Gone(d) ==
  /\ Received(d, "gone")
  /\ memory' = [memory EXCEPT ![d].connections[Head(inbox[d]).from] = 0]
  /\ inbox' = Read(d)
  /\ UNCHANGED <<up, crashes>>

\* The database reads which credentials it is to accept.
Rotated(d) ==
  /\ Received(d, "rotated")
  /\ memory' = [memory EXCEPT ![d].accepted = Head(inbox[d]).accepted]
  /\ inbox' = Read(d)
  /\ UNCHANGED <<up, crashes>>

-----------------------------------------------------------------------------
\* The store

\* The store leases a connection if one is left; until then the request waits.
Grant(s) ==
  /\ Received(s, "lease")
  /\ Sum(memory[s].leases, Poolers) < MaxConnections
  /\ LET p == Head(inbox[s]).from
     IN  /\ memory' = [memory EXCEPT ![s].leases[p] = @ + 1]
         /\ inbox' = ReadAndSend(s, p, [action |-> "leased", from |-> s])
  /\ UNCHANGED <<up, crashes>>

\* The leases that p renews: of its connections, and those that it is about to read of.
Renewed(p) ==
  memory[p].open + Len(SelectSeq(inbox[p], LAMBDA message : message.action = "leased"))

\* The leases that nobody renews end.
Expire(s) ==
  /\ \E p \in Poolers : memory[s].leases[p] > Renewed(p)
  /\ memory' =
       [memory EXCEPT ![s].leases =
          [p \in Poolers |-> IF @[p] > Renewed(p) THEN Renewed(p) ELSE @[p]]]
  /\ UNCHANGED <<inbox, up, crashes>>

\* The store has a new credential, and tells the database and the poolers that run.
Rotate(s) ==
  /\ memory[s].credential <= MaxRotations
  /\ LET new == memory[s].credential + 1
         rotated ==
           [action |-> "rotated", from |-> s, credential |-> new, accepted |-> {new}]
     IN  /\ memory' = [memory EXCEPT ![s].credential = new]
         /\ inbox' =
              [n \in Nodes |->
                IF n \in Databases \/ (n \in Poolers /\ up[n])
                THEN Append(inbox[n], rotated)
                ELSE inbox[n]]
  /\ UNCHANGED <<up, crashes>>

-----------------------------------------------------------------------------

\* p reads its next message.
Handle(p) == Take(p) \/ Leased(p) \/ Renew(p) \/ Connected(p) \/ Refuse(p) \/ Reply(p)

Next ==
  \/ \E c \in Clients :
       \/ Request(c)
       \/ AskAgain(c)
       \/ ReadAnswer(c)
  \/ \E p \in Poolers :
       \/ Take(p)
       \/ Leased(p)
       \/ Connected(p)
       \/ Refuse(p)
       \/ Reply(p)
       \/ Close(p)
       \/ Renew(p)
       \/ Crash(p)
       \/ Restart(p)
  \/ \E d \in Databases :
       \/ Admit(d)
       \/ Run(d)
       \/ Closed(d)
       \/ Rotated(d)
       \/ Gone(d)
  \/ \E s \in Stores :
       \/ Grant(s)
       \/ Expire(s)
       \/ Rotate(s)

\* A message that waits is read some time. A pooler that crashed may stay down.
\* A connection that is free again and again is closed some time, and leases end.
Fairness ==
  /\ \A c \in Clients : WF_vars(AskAgain(c) \/ ReadAnswer(c))
  /\ \A p \in Poolers : WF_vars(Handle(p)) /\ SF_vars(Close(p))
  /\ \A d \in Databases : WF_vars(Admit(d) \/ Run(d) \/ Closed(d) \/ Rotated(d) \/ Gone(d))
  /\ \A s \in Stores : WF_vars(Grant(s)) /\ WF_vars(Expire(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------

\* Such a message waits for n.
Waits(n, kind) == \E i \in 1..Len(inbox[n]) : inbox[n][i].action = kind

\* The database refuses no connection.
WithinLimit == \A p \in Poolers : ~Waits(p, "too_many")

\* No client is refused.
NoneRefused == \A c \in Clients : ~Waits(c, "refused")

\* Each request is answered or refused some time.
Answered == \A c \in Clients : memory[c].asked # {} ~> memory[c].asked = {}

\* A pooler that is down has no lease some time.
LeasesEnd ==
  \A p \in Poolers, s \in Stores :
    ~up[p] ~> up[p] \/ memory[s].leases[p] = 0

=============================================================================
