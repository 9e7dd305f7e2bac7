--------------------------- MODULE LazyFunctions ---------------------------
(* Functions that are only applied need no end: over Nat, updated, passed on, and recursive ones that use parts of their own values. *)
EXTENDS Naturals, Sequences
VARIABLE x

Square == [n \in Nat |-> n * n]
Grid == [i \in Nat, s \in STRING |-> <<i, s>>]
Nested == [i \in Nat |-> [j \in Nat |-> 10 * i + j]]
At(f, n) == f[n] + f[n + 1]
Deep[i \in 0..4] == [j \in 0..4 |-> IF j = 0 THEN i ELSE Deep[i][j - 1] + x]
Fact[n \in Nat] == IF n = 0 THEN 1 ELSE n * Fact[n - 1]
Sum[s \in Seq(Nat)] == IF s = <<>> THEN 0 ELSE Head(s) + Sum[Tail(s)]
Size[n \in 0..3] == IF n = 0 THEN DOMAIN Size ELSE {n}

ASSUME Square[12] = 144
ASSUME [Square EXCEPT ![3] = 0, ![4] = @ + 1][4] = 17
ASSUME [Square EXCEPT ![3] = 0][3] = 0 /\ [Square EXCEPT ![3] = 0][5] = 25
ASSUME Grid[3, "a"] = <<3, "a">> /\ [Grid EXCEPT ![1, "b"] = @[1]][<<1, "b">>] = 1
ASSUME Nested[4][2] = 42 /\ [Nested EXCEPT ![5][3] = @ + 1, ![5][4] = 7][5][3] = 54
ASSUME At(Square, 3) = 25
ASSUME LET twice == [n \in Nat |-> 2 * n] IN twice[twice[5]] = 20
ASSUME DOMAIN Square = Nat
ASSUME Fact[6] = 720 /\ At(Fact, 3) = 30
ASSUME Sum[<<1, 2, 3>>] = 6
ASSUME Size[0] = 0..3

Init == x = 1
Next == x < 4 /\ x' = x + 1
Right == Deep[2][3] = 2 + 3 * x /\ Deep[4] = [j \in 0..4 |-> 4 + j * x]
=============================================================================
