/**
 * Transactions that a broker has ended and left open on a partition, where readers wait for ever (KAFKA-20734).
 * {@link io.kinolift.runtime.transactions.HangingTransactions} finds and closes them;
 * {@link io.kinolift.runtime.transactions.TransactionWatch} looks for them at the times when there may be some.
 */
package io.kinolift.runtime.transactions;
