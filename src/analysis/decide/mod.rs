//! Compare and decide: the same futures under each option, and what follows from them.
//!
//! # What is computed
//! Option o and future i give the objective y_o(i). All chance is keyed, so that future i is
//! the same world under each option but for what the option changes, and what is compared is
//! the difference within a future, d = y_o(i) − y_r(i) to the *reference* r (common random
//! numbers: Law 2014, chapter 11). Of each option the table holds
//!
//! | column | is |
//! |---|---|
//! | mean | mean of d, with Student's interval of 95 % |
//! | 8 in 10 | 10th and 90th percentile of d |
//! | 1 in 20 | the value of d that is worse in 1 of 20 futures |
//! | best in | part of futures in which no other option is better; those that are equally good share it |
//! | regret | mean, and the value exceeded in 1 of 20 futures, of what the best option of each future would have been better by (Savage 1951) |
//! | good enough | part of futures in which y_o meets the tolerance (Simon 1956), if there is one |
//!
//! The verdict is one of three, by a stated rule ([`verdict`]). The option that leads was
//! chosen for having the highest mean, which therefore flatters it (the optimiser's curse:
//! Smith & Winkler 2006); so it is measured again on fresh futures, and these are what is said
//! of it.
//!
//! | story | file |
//! |---|---|
//! | the futures of all options, side by side | [`futures`] |
//! | a paired difference | [`difference`] |
//! | the table | [`judged`] |
//! | the rule of the verdict | [`verdict`] |
//! | how many futures each option is given | [`allocation`] |
//! | by how the case ends | [`states`] |
//! | the inputs on which the choice hangs | [`sensitive`] |
//! | where another option becomes best | [`threshold`] |
//! | wait for a ruling, or decide now | [`waiting`] |
//! | all of it, with the winner measured again | [`study`] |
//! | over time | [`over_time`] |
//! | its files | [`tables`] |

pub mod allocation;
pub mod difference;
pub mod futures;
pub mod judged;
pub mod over_time;
pub mod sensitive;
pub mod states;
pub mod study;
pub mod tables;
pub mod threshold;
pub mod verdict;
pub mod waiting;
