-------------------------------- MODULE part3 ---------------------------------
\* Connection pool, part 3: shares
\*
\* The connections are divided: each pooler has its share, and opens no more than that. The
\* checker visits every state and finds no error: the database refuses no connection, no
\* client is refused, and each request is answered. The price: a pooler that is down keeps
\* its share. The other serves all clients with half of the connections, and the rest lie
\* idle.

EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
  Nodes,           \* the database, the poolers, and the clients
  Clients,         \* the nodes that send requests
  Poolers,         \* the nodes that have connections; the remaining one is the database
  MaxConnections,  \* how many connections the database admits at most
  MaxCrashes       \* how many times poolers crash at most

VARIABLES
  inbox,           \* for each node, the messages that wait for it, the oldest first
  memory,          \* for each node, what it knows: a client whom it waits for; a pooler
                   \* which clients wait, how many connections it has opened, and how
                   \* many of them are free; the database how many each pooler has
  up,              \* for each node, whether it runs
  crashes          \* how many times poolers crashed

vars == <<inbox, memory, up, crashes>>

Databases == Nodes \ (Clients \union Poolers)

\* What a pooler knows when it starts.
Empty == [waiting |-> <<>>, open |-> 0, free |-> 0]

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ memory =
       [n \in Nodes |->
         CASE n \in Clients -> [asked |-> {}]
           [] n \in Poolers -> Empty
           [] OTHER -> [connections |-> [p \in Poolers |-> 0]]]
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

\* How many connections each pooler may have.
Share == MaxConnections \div Cardinality(Poolers)

\* The messages of a pooler to the database.
ConnectOf(p) == [action |-> "connect", from |-> p]
QueryOf(p, c) == [action |-> "query", from |-> p, client |-> c]

\* The pooler takes a request. It sends the query over a free connection. If it has none,
\* the client waits, and the pooler opens another connection if its share allows.
Take(p) ==
  /\ Received(p, "request")
  /\ LET c == Head(inbox[p]).from
     IN  \E d \in Databases :
           CASE memory[p].free > 0 ->
                  /\ memory' = [memory EXCEPT ![p].free = @ - 1]
                  /\ inbox' = ReadAndSend(p, d, QueryOf(p, c))
             [] memory[p].free = 0 /\ memory[p].open < Share ->
                  /\ memory' =
                       [memory EXCEPT ![p].waiting = Append(@, c), ![p].open = @ + 1]
                  /\ inbox' = ReadAndSend(p, d, ConnectOf(p))
             [] OTHER ->
                  /\ memory' = [memory EXCEPT ![p].waiting = Append(@, c)]
                  /\ inbox' = Read(p)
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
  /\ Received(p, "too_many")
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

\* The pooler starts again, once the database has read everything from its earlier life.
Restart(p) ==
  /\ ~up[p]
  /\ \A d \in Databases : \A i \in 1..Len(inbox[d]) : inbox[d][i].from # p
  /\ up' = [up EXCEPT ![p] = TRUE]
  /\ UNCHANGED <<inbox, memory, crashes>>

-----------------------------------------------------------------------------
\* The database

\* The sum of the counts of some poolers.
RECURSIVE Sum(_, _)
Sum(counts, poolers) ==
  IF poolers = {}
  THEN 0
  ELSE LET p == CHOOSE p \in poolers : TRUE
       IN  counts[p] + Sum(counts, poolers \ {p})

\* The database admits a connection, or refuses it because there are too many.
Admit(d) ==
  /\ Received(d, "connect")
  /\ LET p == Head(inbox[d]).from
     IN  IF Sum(memory[d].connections, Poolers) < MaxConnections
         THEN /\ memory' = [memory EXCEPT ![d].connections[p] = @ + 1]
              /\ inbox' = ReadAndSend(d, p, [action |-> "connected", from |-> d])
         ELSE /\ inbox' = ReadAndSend(d, p, [action |-> "too_many", from |-> d])
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

\* The database learns that the connections of a pooler are gone.
Gone(d) ==
  /\ Received(d, "gone")
  /\ memory' = [memory EXCEPT ![d].connections[Head(inbox[d]).from] = 0]
  /\ inbox' = Read(d)
  /\ UNCHANGED <<up, crashes>>

-----------------------------------------------------------------------------

\* p reads its next message.
Handle(p) == Take(p) \/ Connected(p) \/ Refuse(p) \/ Reply(p)

Next ==
  \/ \E c \in Clients :
       \/ Request(c)
       \/ AskAgain(c)
       \/ ReadAnswer(c)
  \/ \E p \in Poolers :
       \/ Take(p)
       \/ Connected(p)
       \/ Refuse(p)
       \/ Reply(p)
       \/ Crash(p)
       \/ Restart(p)
  \/ \E d \in Databases :
       \/ Admit(d)
       \/ Run(d)
       \/ Gone(d)

\* A message that waits is read some time. A pooler that crashed may stay down.
Fairness ==
  /\ \A c \in Clients : WF_vars(AskAgain(c) \/ ReadAnswer(c))
  /\ \A p \in Poolers : WF_vars(Handle(p))
  /\ \A d \in Databases : WF_vars(Admit(d) \/ Run(d) \/ Gone(d))

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

=============================================================================
