-------------------------------- MODULE queue --------------------------------
\* Queue: a queue hands jobs to workers
\*
\* Producers put jobs into a queue, which hands each job to a worker and keeps it until the
\* worker acknowledges it. If that takes too long, the queue hands the job out again, since
\* the worker may have crashed. The checker finds that NothingTwice fails, at best in 6
\* states: a job is handed out again while its acknowledgement is under way.
\*
\* What to try next:
\* - Let the workers look at what is done: in Work, done' becomes IF Finished(job) THEN done
\*   ELSE [done EXCEPT ![w] = Append(@, job)]. NothingTwice holds.
\* - Or set MaxTries = 1 in the configuration: NothingTwice holds. Then add Crash(w), which
\*   empties the worker's inbox, and an invariant NothingLost.

EXTENDS Integers, Sequences

CONSTANTS
  Queue,       \* the node that hands out jobs
  Producers,   \* the nodes that have jobs to do
  Workers,     \* the nodes that do them
  Jobs,        \* the jobs
  MaxTries     \* how many times a job is handed out at most

Nodes == {Queue} \union Producers \union Workers

VARIABLES
  inbox,       \* for each node, the messages that wait for it, the oldest first
  put,         \* for each producer, the jobs that it has put into the queue
  kept,        \* for the queue, the jobs that are not acknowledged
  tries,       \* for each job, how many times it was handed out
  done         \* for each worker, the jobs that it has done, the oldest first

vars == <<inbox, put, kept, tries, done>>

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ put = [p \in Producers |-> {}]
  /\ kept = [q \in {Queue} |-> {}]
  /\ tries = [job \in Jobs |-> 0]
  /\ done = [w \in Workers |-> <<>>]

\* A message from n about a job.
Message(kind, n, job) == [kind |-> kind, from |-> n, job |-> job]

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) == inbox[n] # <<>> /\ Head(inbox[n]).kind = kind

\* The inboxes when n has read its oldest message.
Read(n) == [inbox EXCEPT ![n] = Tail(@)]

\* Some worker has done the job.
Finished(job) == \E w \in Workers : \E i \in 1..Len(done[w]) : done[w][i] = job

\* p puts a job into the queue.
Put(p) ==
  /\ \E job \in Jobs :
       /\ \A r \in Producers : job \notin put[r]
       /\ put' = [put EXCEPT ![p] = @ \union {job}]
       /\ inbox' = [inbox EXCEPT ![Queue] = Append(@, Message("put", p, job))]
  /\ UNCHANGED <<kept, tries, done>>

\* The queue hands a new job to a worker, and keeps it.
Hand(q) ==
  /\ Received(q, "put")
  /\ LET job == Head(inbox[q]).job
     IN  /\ \E w \in Workers :
              inbox' = [Read(q) EXCEPT ![w] = Append(@, Message("job", q, job))]
         /\ kept' = [kept EXCEPT ![q] = @ \union {job}]
         /\ tries' = [tries EXCEPT ![job] = 1]
  /\ UNCHANGED <<put, done>>

\* The queue has waited too long, and hands a job out again.
HandAgain(q) ==
  /\ \E job \in kept[q], w \in Workers :
       /\ tries[job] < MaxTries
       /\ tries' = [tries EXCEPT ![job] = @ + 1]
       /\ inbox' = [inbox EXCEPT ![w] = Append(@, Message("job", q, job))]
  /\ UNCHANGED <<put, kept, done>>

\* w does a job, and acknowledges it.
Work(w) ==
  /\ Received(w, "job")
  /\ LET job == Head(inbox[w]).job
     IN  /\ done' = [done EXCEPT ![w] = Append(@, job)]
         /\ inbox' = [Read(w) EXCEPT ![Queue] = Append(@, Message("done", w, job))]
  /\ UNCHANGED <<put, kept, tries>>

\* The queue forgets a job that is done.
Forget(q) ==
  /\ Received(q, "done")
  /\ kept' = [kept EXCEPT ![q] = @ \ {Head(inbox[q]).job}]
  /\ inbox' = Read(q)
  /\ UNCHANGED <<put, tries, done>>

Next ==
  \/ \E p \in Producers : Put(p)
  \/ \E w \in Workers : Work(w)
  \/ Hand(Queue)
  \/ HandAgain(Queue)
  \/ Forget(Queue)

Spec == Init /\ [][Next]_vars

\* What the variables can be.
TypeOK ==
  /\ inbox \in [Nodes -> Seq([kind : {"put", "job", "done"}, from : Nodes, job : Jobs])]
  /\ put \in [Producers -> SUBSET Jobs]
  /\ kept \in [{Queue} -> SUBSET Jobs]
  /\ tries \in [Jobs -> 0..MaxTries]
  /\ done \in [Workers -> Seq(Jobs)]

\* No job is done twice, neither by two workers nor by one.
NothingTwice ==
  \A v, w \in Workers : \A i \in 1..Len(done[v]), k \in 1..Len(done[w]) :
    v # w \/ i # k => done[v][i] # done[w][k]

=============================================================================
