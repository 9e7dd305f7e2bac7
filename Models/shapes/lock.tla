-------------------------------- MODULE lock ---------------------------------
\* Lock: a server leases a lock to clients
\*
\* A client asks the server for the lock, holds it for a while, and releases it. The server
\* leases the lock: after some time it takes it back without a word, since the client may
\* have crashed. The checker finds that OneHolder fails, at best in 8 states: the lease of a
\* slow client expires, the next client gets the lock, and both hold it.
\*
\* What to try next:
\* - No lease: take Expire out of Next. OneHolder holds. Then add an action Crash(c), which
\*   makes a client idle without a word. Who gets the lock after that?
\* - A lease, and clocks that agree: in Expire, add state[holder[s]] = "idle". The client
\*   gives up before the server does, and OneHolder holds.
\* - Keep the lease, and number the grants. Clients write to a store, which refuses a
\*   smaller number than it has seen. What does the store promise?

EXTENDS Sequences

CONSTANTS
  Server,     \* the node that has the lock to give
  Clients,    \* the nodes that want it
  Nobody      \* in the place of a client while the lock is free

Nodes == {Server} \union Clients

VARIABLES
  inbox,      \* for each node, the messages that wait for it, the oldest first
  state,      \* for each client, "idle", "waiting" or "holding"
  holder      \* for the server, the client that leases the lock, or Nobody

vars == <<inbox, state, holder>>

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ state = [c \in Clients |-> "idle"]
  /\ holder = [s \in {Server} |-> Nobody]

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) == inbox[n] # <<>> /\ Head(inbox[n]).kind = kind

\* The inboxes when n has read its oldest message.
Read(n) == [inbox EXCEPT ![n] = Tail(@)]

\* c asks for the lock.
Ask(c) ==
  /\ state[c] = "idle"
  /\ state' = [state EXCEPT ![c] = "waiting"]
  /\ inbox' = [inbox EXCEPT ![Server] = Append(@, [kind |-> "ask", from |-> c])]
  /\ UNCHANGED holder

\* The server grants the lock if it is free, else it says that it is busy.
Answer(s) ==
  /\ Received(s, "ask")
  /\ LET c == Head(inbox[s]).from
         answer == IF holder[s] = Nobody THEN "granted" ELSE "busy"
     IN  /\ inbox' = [Read(s) EXCEPT ![c] = Append(@, [kind |-> answer, from |-> s])]
         /\ holder' = [holder EXCEPT ![s] = IF @ = Nobody THEN c ELSE @]
  /\ UNCHANGED state

\* c reads the answer. It holds the lock, or may ask again.
Learn(c) ==
  /\ inbox[c] # <<>>
  /\ state' =
       [state EXCEPT ![c] = IF Received(c, "granted") THEN "holding" ELSE "idle"]
  /\ inbox' = Read(c)
  /\ UNCHANGED holder

\* c has done its work, and releases the lock.
Release(c) ==
  /\ state[c] = "holding"
  /\ state' = [state EXCEPT ![c] = "idle"]
  /\ inbox' = [inbox EXCEPT ![Server] = Append(@, [kind |-> "release", from |-> c])]
  /\ UNCHANGED holder

\* The server reads that c has released the lock, which may be leased to another by now.
Free(s) ==
  /\ Received(s, "release")
  /\ holder' =
       [holder EXCEPT ![s] = IF @ = Head(inbox[s]).from THEN Nobody ELSE @]
  /\ inbox' = Read(s)
  /\ UNCHANGED state

\* The lease ends. For the server the lock is free, and the client is not told.
Expire(s) ==
  /\ holder[s] # Nobody
  /\ holder' = [holder EXCEPT ![s] = Nobody]
  /\ UNCHANGED <<inbox, state>>

Next ==
  \/ \E c \in Clients : Ask(c) \/ Learn(c) \/ Release(c)
  \/ Answer(Server)
  \/ Free(Server)
  \/ Expire(Server)

Spec == Init /\ [][Next]_vars

\* What the variables can be.
TypeOK ==
  /\ inbox \in
       [Nodes -> Seq([kind : {"ask", "granted", "busy", "release"}, from : Nodes])]
  /\ state \in [Clients -> {"idle", "waiting", "holding"}]
  /\ holder \in [{Server} -> Clients \union {Nobody}]

\* No two clients hold the lock at the same time.
OneHolder ==
  \A c, d \in Clients : c # d => ~(state[c] = "holding" /\ state[d] = "holding")

=============================================================================
