-------------------------- MODULE UndirectedGraphs --------------------------
(* Undirected graphs: records of a set `node` and a set `edge` of sets of one or two nodes. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences

IsUndirectedGraph(G) ==
  G = [node |-> G.node, edge |-> G.edge] /\ \A e \in G.edge : \E m, n \in G.node : e = {m, n}

IsLoopFreeUndirectedGraph(G) ==
  G = [node |-> G.node, edge |-> G.edge] /\ \A e \in G.edge : \E m, n \in G.node : m # n /\ e = {m, n}

UndirectedSubgraph(G) ==
  UNION {{[node |-> nodes, edge |-> pairs] : pairs \in SUBSET (G.edge \cap {{m, n} : m, n \in nodes})} :
         nodes \in SUBSET G.node}

(* Without an end where the graph has an edge. *)
Path(G) == {p \in Seq(G.node) : p # <<>> /\ \A i \in 1..(Len(p) - 1) : {p[i], p[i + 1]} \in G.edge}

(* Grown a node at a time, so that what is no path is never looked at. *)
SimplePath(G) ==
  LET RECURSIVE Grow(_)
      Grow(paths) ==
        LET longer == UNION {{Append(p, n) : n \in {m \in G.node : {p[Len(p)], m} \in G.edge
                                                      /\ \A i \in 1..Len(p) : p[i] # m}} : p \in paths}
        IN  IF longer = {} THEN paths ELSE paths \cup Grow(longer)
  IN  Grow({<<n>> : n \in G.node})

(* What can be reached from n, grown by a step at a time. *)
LOCAL Around(n, G) ==
  LET RECURSIVE Grow(_)
      Grow(known) ==
        LET more == known \cup {m \in G.node : \E k \in known : {k, m} \in G.edge}
        IN  IF more = known THEN known ELSE Grow(more)
  IN  Grow({n})

AreConnectedIn(m, n, G) == m \in G.node /\ n \in G.node /\ n \in Around(m, G)
ConnectedComponents(G) == {Around(n, G) : n \in G.node}
IsStronglyConnected(G) == ConnectedComponents(G) = {G.node}

UndirectedGraphs(S) == [node : {S}, edge : SUBSET {{m, n} : m, n \in S}]
=============================================================================
