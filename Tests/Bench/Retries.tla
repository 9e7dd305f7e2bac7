------------------------------- MODULE Retries --------------------------------
\* Retries: requests that arrive more than once
\*
\* Clients transfer money between accounts. A client that waits sends its request again.
\* The network keeps a bag of messages: it may lose any copy, and deliver in any order.
\* The bank remembers what it answered, and answers a repeated request from memory.
\*
\* Stresses: bags of messages: BagToSet, (+), (-), CopiesIn.

EXTENDS Naturals, FiniteSets, Bags

CONSTANTS
  Clients,     \* the clients
  Requests,    \* how many requests each client makes
  Copies       \* how many copies of a message are under way at most

VARIABLES
  network,     \* the bag of messages that are under way
  number,      \* for each client, the number of its request
  waits,       \* for each client, whether it waits for the answer
  done,        \* for each client, the number of its last request that the bank served
  balance,     \* how much the bank has paid out
  paid         \* how much the clients believe to have been paid

vars == <<network, number, waits, done, balance, paid>>

Request == [kind : {"request"}, client : Clients, number : 1..Requests]
Answer == [kind : {"answer"}, client : Clients, number : 1..Requests]

TypeOK ==
  /\ IsABag(network) /\ BagToSet(network) \subseteq Request \union Answer
  /\ number \in [Clients -> 0..Requests]
  /\ waits \in [Clients -> BOOLEAN]
  /\ done \in [Clients -> 0..Requests]
  /\ balance \in 0..(Requests * Cardinality(Clients))
  /\ paid \in [Clients -> 0..Requests]

Init ==
  /\ network = EmptyBag
  /\ number = [c \in Clients |-> 0]
  /\ waits = [c \in Clients |-> FALSE]
  /\ done = [c \in Clients |-> 0]
  /\ balance = 0
  /\ paid = [c \in Clients |-> 0]

\* One more copy of a message.
With(message) == network (+) SetToBag({message})
\* One copy less.
Without(message) == network (-) SetToBag({message})

Ask(c) ==
  /\ ~ waits[c] /\ number[c] < Requests
  /\ number' = [number EXCEPT ![c] = @ + 1]
  /\ waits' = [waits EXCEPT ![c] = TRUE]
  /\ network' = With([kind |-> "request", client |-> c, number |-> number[c] + 1])
  /\ UNCHANGED <<done, balance, paid>>

AskAgain(c) ==
  LET request == [kind |-> "request", client |-> c, number |-> number[c]]
  IN  /\ waits[c]
      /\ CopiesIn(request, network) < Copies
      /\ network' = With(request)
      /\ UNCHANGED <<number, waits, done, balance, paid>>

\* The bank pays if the request is new, and answers if the answer can be of use.
Serve(m) ==
  LET answer == [m EXCEPT !.kind = "answer"]
  IN  /\ m.kind = "request"
      /\ done' = [done EXCEPT ![m.client] = IF m.number > @ THEN m.number ELSE @]
      /\ balance' = IF m.number > done[m.client] THEN balance + 1 ELSE balance
      /\ network' =
           IF CopiesIn(answer, network) < Copies
           THEN Without(m) (+) SetToBag({answer})
           ELSE Without(m)
      /\ UNCHANGED <<number, waits, paid>>

Read(m) ==
  /\ m.kind = "answer"
  /\ network' = Without(m)
  /\ IF waits[m.client] /\ m.number = number[m.client]
     THEN /\ waits' = [waits EXCEPT ![m.client] = FALSE]
          /\ paid' = [paid EXCEPT ![m.client] = @ + 1]
     ELSE UNCHANGED <<waits, paid>>
  /\ UNCHANGED <<number, done, balance>>

Lose(m) ==
  /\ network' = Without(m)
  /\ UNCHANGED <<number, waits, done, balance, paid>>

Next ==
  \/ \E c \in Clients : Ask(c) \/ AskAgain(c)
  \/ \E m \in BagToSet(network) : Serve(m) \/ Read(m) \/ Lose(m)

Spec == Init /\ [][Next]_vars

\* The bank pays each request once: as often as it served one, and no more than was asked.
PaidOnce ==
  /\ \A c \in Clients : paid[c] <= done[c] /\ done[c] <= number[c]
  /\ \A c \in Clients : done[c] - paid[c] <= 1

\* No message is under way in more copies than that.
FewCopies == \A m \in BagToSet(network) : CopiesIn(m, network) \in 1..Copies

===============================================================================
