"""What is true about debt, money, days, budgets and agreements; knows no file, clock, database, figure or widget."""
