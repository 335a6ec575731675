DELETE FROM verdict;
