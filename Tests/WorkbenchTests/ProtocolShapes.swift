/// Small protocols. Each keeps nodes and messages in another form that specifications use.
enum ProtocolShapes {
  /// A set of records that are never removed. The nodes are strings in a definition. The vote's field names its voter.
  static let ballot = """
    ---- MODULE Ballot ----
    EXTENDS Naturals, FiniteSets
    Voters == {"ann", "bob", "cyd"}
    VARIABLES mood, msgs, tally
    Init == mood = [v \\in Voters |-> "idle"] /\\ msgs = {} /\\ tally = {}
    Vote(v) == /\\ mood[v] = "idle"
               /\\ mood' = [mood EXCEPT ![v] = "voted"]
               /\\ msgs' = msgs \\cup {[type |-> "vote", who |-> v]}
               /\\ UNCHANGED tally
    CountVote(v) == /\\ [type |-> "vote", who |-> v] \\in msgs /\\ v \\notin tally
                  /\\ tally' = tally \\cup {v} /\\ UNCHANGED <<mood, msgs>>
    Announce == /\\ Cardinality(tally) > 1 /\\ msgs' = msgs \\cup {[type |-> "result"]}
                /\\ UNCHANGED <<mood, tally>>
    ReceiveResult(v) == /\\ [type |-> "result"] \\in msgs /\\ mood[v] # "done"
                        /\\ mood' = [mood EXCEPT ![v] = "done"] /\\ UNCHANGED <<msgs, tally>>
    Next == (\\E v \\in Voters : Vote(v) \\/ CountVote(v) \\/ ReceiveResult(v)) \\/ Announce
    Spec == Init /\\ [][Next]_<<mood, msgs, tally>>
    ====
    """

  /// Sequences by pairs, and a number of messages. The nodes are a range in a definition.
  static let pairs = """
    ---- MODULE Pairs ----
    EXTENDS Naturals, Sequences
    CONSTANT N
    Proc == 0..(N-1)
    VARIABLES wire, acks, busy, due
    Ends == {e \\in Proc \\X Proc : e[1] # e[2]}
    Init == /\\ wire = [e \\in Ends |-> <<>>] /\\ acks = [e \\in Ends |-> 0]
            /\\ busy = [p \\in Proc |-> FALSE] /\\ due = [e \\in Ends |-> 7]
    Ask(p, q) == /\\ p # q /\\ ~busy[p] /\\ busy' = [busy EXCEPT ![p] = TRUE]
                 /\\ wire' = [wire EXCEPT ![<<p, q>>] = Append(@, [kind |-> "ask", n |-> 5])]
                 /\\ UNCHANGED <<acks, due>>
    Answer(q, p) == /\\ p # q /\\ wire[<<p, q>>] # <<>>
                    /\\ wire' = [wire EXCEPT ![<<p, q>>] = Tail(@)]
                    /\\ acks' = [acks EXCEPT ![<<q, p>>] = @ + 1] /\\ UNCHANGED <<busy, due>>
    Rest(p, q) == /\\ p # q /\\ acks[<<q, p>>] > 0 /\\ acks' = [acks EXCEPT ![<<q, p>>] = @ - 1]
                  /\\ busy' = [busy EXCEPT ![p] = FALSE] /\\ UNCHANGED <<wire, due>>
    Next == \\E p, q \\in Proc : Ask(p, q) \\/ Answer(p, q) \\/ Rest(p, q)
    Spec == Init /\\ [][Next]_<<wire, acks, busy, due>>
    ====
    """

  /// A matrix of queues whose second index is the sender.
  static let matrix = """
    ---- MODULE Matrix ----
    EXTENDS Naturals, Sequences
    CONSTANT N
    Proc == 1..N
    VARIABLES network, clock
    Init == network = [p \\in Proc |-> [q \\in Proc |-> <<>>]] /\\ clock = [p \\in Proc |-> 0]
    Tell(p, q) == /\\ p # q /\\ clock[p] < 2 /\\ clock' = [clock EXCEPT ![p] = @ + 1]
                  /\\ network' = [network EXCEPT ![q][p] = Append(@, [kind |-> "time", at |-> clock[p]])]
    Hear(p, q) == /\\ network[p][q] # <<>> /\\ network' = [network EXCEPT ![p][q] = Tail(@)] /\\ UNCHANGED clock
    Next == \\E p, q \\in Proc : Tell(p, q) \\/ Hear(p, q)
    Spec == Init /\\ [][Next]_<<network, clock>>
    ====
    """

  /// A token in a record. An action without arguments always belongs to the first node.
  static let ring = """
    ---- MODULE Ring ----
    EXTENDS Naturals
    CONSTANT N
    Node == 0 .. N-1
    VARIABLES token, load
    Init == token = [pos |-> 0, sum |-> 0] /\\ load = [n \\in Node |-> n]
    Pass(n) == /\\ token.pos = n /\\ n # 0 /\\ token' = [pos |-> n - 1, sum |-> token.sum + load[n]]
               /\\ UNCHANGED load
    Start == /\\ token.pos = 0 /\\ token' = [pos |-> N - 1, sum |-> 0] /\\ UNCHANGED load
    Next == Start \\/ \\E n \\in Node : Pass(n)
    Spec == Init /\\ [][Next]_<<token, load>>
    ====
    """

  /// Program counters over a set that is written out, a lock with an owner, and a record for each process.
  static let lock = """
    ---- MODULE Lock ----
    EXTENDS Naturals
    CONSTANT Nobody
    ProcSet == {1, 2}
    VARIABLES pc, turn, own
    Init == /\\ pc = [self \\in ProcSet |-> "start"] /\\ turn = 1
            /\\ own = [self \\in ProcSet |-> [attempts |-> 0, last |-> Nobody, waits |-> FALSE]]
    start(self) == /\\ pc[self] = "start" /\\ pc' = [pc EXCEPT ![self] = "critical"] /\\ turn = self
                   /\\ own' = [own EXCEPT ![self].attempts = (@ + 1) % 3] /\\ UNCHANGED turn
    critical(self) == /\\ pc[self] = "critical" /\\ pc' = [pc EXCEPT ![self] = "start"]
                      /\\ turn' = 3 - self /\\ UNCHANGED own
    Next == \\E self \\in ProcSet : start(self) \\/ critical(self)
    Spec == Init /\\ [][Next]_<<pc, turn, own>>
    ====
    """

  /// No variable is indexed by node. There are shared sets, a queue of nodes, and the owner of a lock.
  static let door = """
    ---- MODULE Door ----
    EXTENDS Naturals, Sequences
    CONSTANTS Guests, Nobody
    VARIABLES inside, line, key
    Init == inside = {} /\\ line = <<>> /\\ key = Nobody
    Knock(g) == /\\ g \\notin inside /\\ \\A i \\in 1..Len(line) : line[i][2] # g
                /\\ line' = Append(line, <<"enter", g>>) /\\ UNCHANGED <<inside, key>>
    Enter == /\\ line # <<>> /\\ key = Nobody /\\ inside' = inside \\cup {Head(line)[2]}
             /\\ key' = Head(line)[2] /\\ line' = Tail(line)
    Leave(g) == /\\ g \\in inside /\\ inside' = inside \\ {g} /\\ key' = Nobody /\\ UNCHANGED line
    Next == Enter \\/ \\E g \\in Guests : Knock(g) \\/ Leave(g)
    Spec == Init /\\ [][Next]_<<inside, line, key>>
    ====
    """

  /// Sets of messages for each node, numbers of pending tasks, and a pool of addressed tuples.
  static let sets = """
    ---- MODULE Sets ----
    EXTENDS Naturals
    CONSTANT Peers
    VARIABLES inbox, pending, sent
    Init == inbox = [p \\in Peers |-> {}] /\\ pending = [p \\in Peers |-> 0] /\\ sent = {}
    Greet(p, q) == /\\ p # q /\\ inbox' = [inbox EXCEPT ![q] = @ \\cup {[kind |-> "hello", sndr |-> p]}]
                   /\\ UNCHANGED <<pending, sent>>
    Read(p) == \\E m \\in inbox[p] : inbox' = [inbox EXCEPT ![p] = @ \\ {m}] /\\ UNCHANGED <<pending, sent>>
    Load(p, q) == /\\ p # q /\\ pending[q] < 2 /\\ pending' = [pending EXCEPT ![q] = @ + 1]
                  /\\ UNCHANGED <<inbox, sent>>
    Work(p) == pending[p] > 0 /\\ pending' = [pending EXCEPT ![p] = @ - 1] /\\ UNCHANGED <<inbox, sent>>
    Post(p, q) == p # q /\\ sent' = sent \\cup {<<"letter", p, q>>} /\\ UNCHANGED <<inbox, pending>>
    Open(p, q) == /\\ <<"letter", q, p>> \\in sent /\\ sent' = sent \\ {<<"letter", q, p>>}
                  /\\ UNCHANGED <<inbox, pending>>
    Next == \\E p \\in Peers : Read(p) \\/ Work(p) \\/ \\E q \\in Peers : Greet(p, q) \\/ Load(p, q) \\/ Post(p, q) \\/ Open(p, q)
    Spec == Init /\\ [][Next]_<<inbox, pending, sent>>
    ====
    """

  /// Two sets of nodes that both act. The first keeps a record for each node of the second.
  static let twoSets = """
    ---- MODULE TwoSets ----
    EXTENDS Naturals
    CONSTANTS Client, Server
    VARIABLES asked, log
    Init == asked = [c \\in Client |-> 0] /\\ log = [c \\in Client |-> [s \\in Server |-> [seen |-> 0, ready |-> FALSE]]]
    Ask(c) == asked[c] < 2 /\\ asked' = [asked EXCEPT ![c] = @ + 1] /\\ UNCHANGED log
    See(s, c) == /\\ log[c][s].seen < asked[c] /\\ log' = [log EXCEPT ![c][s].seen = @ + 1] /\\ UNCHANGED asked
    Next == \\E c \\in Client : Ask(c) \\/ \\E s \\in Server : See(s, c)
    Spec == Init /\\ [][Next]_<<asked, log>>
    ====
    """

  /// Numbers of messages. Only late initial states show that they change.
  static let sleepers = """
    ---- MODULE Sleepers ----
    EXTENDS Naturals
    Node == 0..5
    VARIABLES awake, pending
    Init == awake \\in [Node -> BOOLEAN] /\\ pending = [n \\in Node |-> 0]
    Send(p, q) == /\\ awake[p] /\\ p # q /\\ pending[q] < 2 /\\ pending' = [pending EXCEPT ![q] = @ + 1]
                  /\\ UNCHANGED awake
    Wake(p) == /\\ pending[p] > 0 /\\ pending' = [pending EXCEPT ![p] = @ - 1]
               /\\ awake' = [awake EXCEPT ![p] = TRUE]
    Next == \\E p \\in Node : Wake(p) \\/ \\E q \\in Node : Send(p, q)
    Spec == Init /\\ [][Next]_<<awake, pending>>
    ====
    """
}
